"""The annual report of an area: one source for the web page, the PDF, the extracts and the pages for children."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PagePermissionTester, Workflow

from cms.pages import report_documents
from cms.pages.keeping import asked_for_each_time
from cms.pages.pdf import pdf_of
from cms.pages.public_page import PublicPage
from cms.pages.report_blocks import MOST_CHAPTERS, PLAIN_TEXT, ChildPageBlock, body_blocks
from cms.pages.report_form import ReportForm
from cms.pages.report_policies import what_is_missing, what_never_belongs
from cms.workflow.reports import check_was_approved, report_workflow
from surveys.frame.models import Area

TO_WHOM = (
    "The Chief Executive of the local authority\nThe Leader of the local authority\n"
    "The Police and Crime Commissioner\nThe Chair of the health and wellbeing board"
)


class ReportRights(PagePermissionTester):
    """Nobody publishes a report by themselves: a second person approves it, and that publishes it."""

    def can_publish(self) -> bool:
        """Not from the editor."""
        return False

    def can_copy(self) -> bool:
        """A copy would be published without a second person."""
        return False


class AnnualReportPage(RoutablePageMixin, PublicPage):
    """What an area heard in a year, what it may mean, and what was done about it; addressed to those who decide."""

    words_of_staff = (
        "title", "seo_title", "search_description", "subtitle", "letter", "body", "how_we_asked", "for_children",
    )  # fmt: skip

    class Privacy:
        personal = {}
        plain = {
            "page_ptr", "period", "subtitle", "addressed_to", "letter", "signed_by", "body", "how_we_asked",
            "for_children",
        }  # fmt: skip

    period = models.CharField("year it is about", max_length=60, help_text="For example: April 2025 to March 2026.")
    subtitle = models.CharField("one big plain sentence for the cover", max_length=160)
    addressed_to = models.TextField(max_length=600, default=TO_WHOM, help_text="One on each line.")
    letter = RichTextField("letter to them", features=PLAIN_TEXT, max_length=6000)
    signed_by = models.CharField("who signs it", max_length=160, help_text="An office, not a name, is enough.")
    body = StreamField(body_blocks(), blank=True, use_json_field=True, max_num=MOST_CHAPTERS, verbose_name="chapters")
    how_we_asked = RichTextField("how we asked, and what this cannot tell", features=PLAIN_TEXT, max_length=6000)
    for_children = StreamField([("page", ChildPageBlock())], blank=True, use_json_field=True, max_num=20)

    base_form_class = ReportForm
    template = "pages/report/web.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("period"),
        FieldPanel("subtitle"),
        MultiFieldPanel([FieldPanel(name) for name in ("addressed_to", "letter", "signed_by")], "To whom"),
        FieldPanel("body"),
        FieldPanel("how_we_asked"),
        FieldPanel("for_children"),
    ]
    # While a page is made it has no place in the tree yet.
    below: Page | None = None

    class Meta:
        verbose_name = "annual report"

    @cached_property
    def area(self) -> Area | None:
        """Whose report it is."""
        home = self.home() if self.path else getattr(self.below, "specific", None)
        return getattr(home, "area", None)

    def clean(self) -> None:
        """Refuses what may never be in it, in whatever state it is."""
        super().clean()
        if sentences := list(what_never_belongs(self.body, self.area)):
            raise ValidationError({"body": sentences})

    def why_not_ready(self) -> list[str]:
        """What keeps it from being approved, in sentences."""
        return what_is_missing(self)

    def publish(self, revision, user=None, *args, **kwargs) -> None:
        """Publishes what a second person approved, and nothing else."""
        check_was_approved(revision)
        # Who may approve was asked when they did; nobody may publish a report in the editor.
        super().publish(revision, user, *args, **{**kwargs, "skip_permission_checks": True})

    @property
    def has_workflow(self) -> bool:
        """Every report needs a second person."""
        return True

    def get_workflow(self) -> Workflow:
        """The one that code keeps in place."""
        return report_workflow()

    def permissions_for_user(self, user) -> PagePermissionTester:
        """What somebody may do to it."""
        return ReportRights(user, self)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """The whole report, as it may be read now."""
        return {**super().get_context(request, *args, **kwargs), **report_documents.whole(self)}

    def serve(self, request: HttpRequest, view=None, args=None, kwargs=None) -> HttpResponse:
        """The page, which nobody shows again without asking, because quotes are on it."""
        return asked_for_each_time(super().serve(request, view, args, kwargs))

    @path("pdf/", name="pdf")
    def as_pdf(self, request: HttpRequest) -> HttpResponse:
        """The whole report as a tagged PDF."""
        return pdf_of(request, self.get_context(request), "pages/report/print.html", name=self.slug)

    @path("extract/<slug:which>/", name="extract")
    def extract(self, request: HttpRequest, which: str) -> HttpResponse:
        """The chapters that belong to one self-assessment, as a document of their own."""
        return render(request, "pages/report/extract.html", self._extract(request, which))

    @path("extract/<slug:which>/pdf/", name="extract_pdf")
    def extract_as_pdf(self, request: HttpRequest, which: str) -> HttpResponse:
        """The same as a tagged PDF."""
        context = self._extract(request, which)
        return pdf_of(request, context, "pages/report/print_extract.html", name=f"{self.slug}-{which}")

    @path("for/<slug:audience>/<slug:language>/", name="for_children")
    def page_for_children(self, request: HttpRequest, audience: str, language: str) -> HttpResponse:
        """One page of large print, in the words of children of one age."""
        with report_documents.in_language(language):
            return render(request, "pages/report/child.html", self._child(request, audience, language))

    @path("for/<slug:audience>/<slug:language>/pdf/", name="for_children_pdf")
    def page_for_children_as_pdf(self, request: HttpRequest, audience: str, language: str) -> HttpResponse:
        """The same to print, on one sheet."""
        name = f"{self.slug}-{audience}-{language}"
        with report_documents.in_language(language):
            context = self._child(request, audience, language)
            return pdf_of(request, context, "pages/report/print_child.html", name=name)

    def _extract(self, request: HttpRequest, which: str) -> dict[str, Any]:
        found = report_documents.extract_of(self, which)
        if found is None:
            raise Http404("This report has no such extract.")
        return {**super().get_context(request), **found}

    def _child(self, request: HttpRequest, audience: str, language: str) -> dict[str, Any]:
        found = report_documents.child_page_of(self, audience, language)
        if found is None:
            raise Http404("This report has no such page.")
        return {**super().get_context(request), **found}
