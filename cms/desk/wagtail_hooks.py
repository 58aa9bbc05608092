from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from cms.desk import (
    accounts,
    advice,
    inspection,
    inspection_urls,
    moderation,
    own_sign_in,
    public,
    staying,
    word_lists,
)
from cms.desk.asking_menu import asking_urls
from cms.desk.blockage_urls import blockage_urls
from cms.desk.field_menu import field_urls
from cms.desk.home import WhatWaits
from cms.desk.measures_menu import measure_urls
from cms.desk.menu import job as _item
from cms.desk.promise_urls import promise_urls
from cms.desk.release_menu import release_urls
from cms.desk.report_urls import report_urls
from cms.desk.status_menu import status_urls
from cms.desk.talk_urls import talk_urls
from cms.desk.words_menu import words_urls
from cms.desk.worry_menu import worry_urls
from cms.workflow.reports import APPROVE
from feedback.accounts.rights import pages_found_by
from feedback.anonymisation.comments import DECIDE
from feedback.anonymisation.proposals import REVIEW
from feedback.promises.models import SEE as SEE_PROMISES
from surveys.design.models import SurveyPage


@hooks.register("register_admin_urls")
def desk_urls() -> list:
    """The staff screens, below /desk/."""
    urls = [
        *asking_urls(),
        *field_urls(),
        *inspection_urls.urlpatterns,
        *promise_urls(),
        *blockage_urls(),
        *talk_urls(),
        path("pages/", public.pages, name="pages"),
        *report_urls(),
        *release_urls(),
        *words_urls(),
        *measure_urls(),
        *worry_urls(),
        *status_urls(),
        path("comments/", moderation.comments, name="comments"),
        path("comments/<uuid:key>/", moderation.comment, name="comment"),
        path("words/", word_lists.word_lists, name="word_lists"),
        path("accounts/", accounts.people, name="accounts"),
        path("accounts/invite/", accounts.invite, name="invite"),
        path("accounts/<int:pk>/", accounts.account, name="account"),
        path("sign-in/", own_sign_in.own_sign_in, name="own_sign_in"),
    ]
    return [path("work/", include((urls, "desk")))]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Nobody chooses among pages they do not work on; their titles are for those who do."""
    return pages.filter(pk__in=pages_found_by(request.user).values("pk"))


@hooks.register("register_page_header_buttons")
def workbench_button(page: Page, user, next_url=None, view_name: str = "") -> Iterator[Button]:
    """From a survey's page to its workbench, where routing is chosen."""
    if isinstance(page, SurveyPage) and page.locale_id == Locale.get_default().pk:
        yield Button("Workbench", reverse("desk:workbench", args=[page.pk]), icon_name="edit", priority=5)


hooks.register("after_create_page", advice.advise)
hooks.register("after_edit_page", advice.advise)


for hook in ("before_delete_page", "before_move_page", "before_copy_page"):
    hooks.register(hook, getattr(staying, hook))


@hooks.register("insert_global_admin_css")
def desk_css() -> str:
    """What makes the desk readable, and usable with a thumb."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_homepage_panels", order=1000)
def home_panels(request: HttpRequest, panels: list) -> None:
    """What waits for this person, and nothing that Wagtail puts there."""
    panels[:] = [WhatWaits()]


# Wagtail's own ways to the same places, and to what is nobody's job here; doors.py shuts the addresses.
NOBODYS = {"explorer", "images", "documents", "reports", "settings", "help"}


@hooks.register("construct_main_menu")
def only_jobs(request: HttpRequest, items: list) -> None:
    """The menu is arranged by job."""
    items[:] = [item for item in items if item.name not in NOBODYS]


@hooks.register("register_admin_menu_item")
def pages_item() -> MenuItem:
    """Tell: the public pages of the area."""
    return _item("Public pages", "pages", "pages.write", "globe", 140)


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """Tell: annual reports, and which wait for a second person."""
    return _item("Annual reports", "annual_reports", APPROVE, "doc-full", 142)


@hooks.register("register_admin_menu_item")
def comments_item() -> MenuItem:
    """Moderate: one comment after another, beside what was written."""
    return _item("Moderate", "comments", DECIDE, "edit", 128)


@hooks.register("register_admin_menu_item")
def words_item() -> MenuItem:
    """Moderate: words that were proposed for the lists of redaction, for another person."""
    return _item("Proposed words", "word_lists", REVIEW, "list-ul", 129)


@hooks.register("register_admin_menu_item")
def promises_item() -> MenuItem:
    """Tell: promises, of those who make them, answer for them, or doubt them."""
    return _item("Promises", "promises", SEE_PROMISES, "pick", 142)


@hooks.register("register_admin_menu_item")
def inspections_item() -> MenuItem:
    """Inspect: who is let in, and what they look at."""
    return _item("Inspect", "inspections", inspection.ANY_OF, "search", 145)


@hooks.register("register_admin_menu_item")
def accounts_item() -> MenuItem:
    """Accounts: who works here, and as what."""
    return _item("Accounts", "accounts", "accounts.write", "group", 180)


@hooks.register("register_account_menu_item")
def sign_in_item(request: HttpRequest) -> dict[str, str]:
    """Sign-in: one's own phone and recovery codes."""
    return {"url": reverse("desk:own_sign_in"), "label": "Sign-in", "help_text": "Your phone, and recovery codes."}
