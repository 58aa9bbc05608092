"""Pages that stay where they are: answers, waves and other areas rest on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from surveys.bank.models import QuestionBankPage, QuestionPage
from surveys.design.models import AreaSurveysPage, SurveyIndexPage, SurveyPage

TREES = (QuestionBankPage, SurveyIndexPage, AreaSurveysPage)


def _stays(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("wagtailadmin_home")


def before_delete_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuses to delete what others rest on, in a sentence."""
    page = page.specific
    if isinstance(page, QuestionPage):
        return _stays(request, "A question stays in the bank: answers and surveys of every area rest on its code. "
                      "Retire it on its own page under Question bank if it is not to be asked any more.")  # fmt: skip
    if isinstance(page, SurveyPage) and page.editions.exists():
        return _stays(request, "This survey was frozen, and answers may rest on its editions, so it stays.")
    return _stays(request, "This holds what belongs to an area, so it stays.") if _is_root(page) else None


def before_move_page(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Refuses to move what belongs where it is."""
    page = page.specific
    if isinstance(page, QuestionPage | SurveyPage) or _is_root(page):
        return _stays(request, "This belongs where it is. Copy it, if you need another like it.")
    return None


def before_copy_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuses a second tree of what there is one of."""
    page = page.specific
    if isinstance(page, QuestionPage):
        return _stays(
            request, "Two questions of one code would be counted as one. Draft a new one with a code of its own."
        )
    goes_to = request.POST.get("new_parent_page", "")
    if isinstance(page, SurveyPage) and goes_to not in {"", str(page.get_parent().pk)}:
        return _stays(request, "A survey is copied within its area: the care council that owns it is there.")
    return _stays(request, "There is one of these for each area.") if _is_root(page) else None


def _is_root(page: Page) -> bool:
    """Whether it holds what an area has: its surveys, or its public pages."""
    return isinstance(page, TREES) or hasattr(page, "area_id")
