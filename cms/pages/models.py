"""The public pages. They show only what has been released or promised."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Workflow

from cms.pages.annual_report import AnnualReportPage
from cms.pages.chapters import frame_of, overview
from cms.pages.decks import DeckPage, TalkPage
from cms.pages.forms import HomeForm
from cms.pages.keeping import asked_for_each_time
from cms.pages.public_page import PublicPage
from cms.pages.talk_beside import talk_beside_figures
from cms.pages.uploaded import Picture, PictureRendition, PublicDocument
from cms.workflow.reports import report_workflow
from feedback.releases.models import Release
from feedback.releases.once import one_reading
from feedback.releases.opened_codes import published_of
from feedback.releases.service_information import in_words
from feedback.releases.stored import releases_of
from surveys.frame.models import Area

__all__ = [
    "AnnualReportPage", "DeckPage", "HomePage", "Picture", "PictureRendition", "PublicDocument", "ResultsPage",
    "TalkPage", "TextPage",
]  # fmt: skip
PLAIN_TEXT = ["h2", "h3", "bold", "ol", "ul", "link"]


class WayInBlock(StructBlock):
    """A survey that is open, with the code of the poster that leads to it."""

    title = CharBlock(max_length=80, label="Who it is for")
    text = TextBlock(label="What it is about, in a sentence or two")
    wave = CharBlock(max_length=63, label="Code of the wave", validators=[validate_slug])
    poster = CharBlock(max_length=16, label="Code of the poster", validators=[validate_slug])

    class Meta:
        template = "pages/way_in.html"
        icon = "mail"


class HomePage(PublicPage):
    """The front door of one area (or of the nation): what this is, the surveys that are open, what was heard."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "area", "introduction", "body"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    introduction = models.TextField(blank=True)
    body = StreamField(
        [("text", RichTextBlock(features=PLAIN_TEXT)), ("way_in", WayInBlock())], blank=True, use_json_field=True
    )

    base_form_class = HomeForm
    template = "pages/home.html"
    subpage_types = [
        "pages.ResultsPage",
        "pages.AnnualReportPage",
        "pages.TextPage",
        "pages.TalkPage",
        "pages.HomePage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("area"), FieldPanel("introduction"), FieldPanel("body")]

    # While a report is made below it, Wagtail asks this page for the report's workflow.
    begins_report = False

    @property
    def has_workflow(self) -> bool:
        """Whether the editor offers to submit what is made or edited here; a home page is published without."""
        return self.begins_report or super().has_workflow

    def get_workflow(self) -> Workflow | None:
        """That of a report while one is made."""
        return report_workflow() if self.begins_report else super().get_workflow()

    def home(self) -> HomePage:
        """Itself."""
        return self

    def clean(self) -> None:
        """Refuses a way in to a survey of another area: a page shows what its own area asks."""
        super().clean()
        if self.area is None:
            return
        named = {block.value["wave"] for block in self.body if block.block_type == "way_in"}
        own = set(self.area.waves.filter(code__in=named).values_list("code", flat=True))
        if strange := sorted(named - own):
            raise ValidationError({"body": f"{strange[0]} is no wave of {self.area.name}. Take this way in out."})

    def get_context(self, request, *args, **kwargs) -> dict:
        """Adds the pages that belong to it."""
        context = super().get_context(request, *args, **kwargs)
        # Their kind and their address are enough.
        children = self.get_children().live().in_menu().specific(defer=True)
        context.update(
            areas=[child for child in children if isinstance(child, HomePage)],
            others=[child for child in children if not isinstance(child, HomePage)],
        )
        return context


class ResultsPage(PublicPage):
    """What an area heard: the last published release, as it was protected."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "introduction"}

    introduction = models.TextField(blank=True)

    template = "pages/results.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    def serve(self, request, *args, **kwargs):
        """The page, which nobody shows again without asking, because quotes are on it."""
        return asked_for_each_time(super().serve(request, *args, **kwargs))

    def get_context(self, request, *args, **kwargs) -> dict:
        """Shows the last published release of the home page's area; further pages have the addresses that stay."""
        context = super().get_context(request, *args, **kwargs)
        with one_reading():
            context.update(**self._told(context["area"]))
        return context

    def _told(self, area: Area | None) -> dict[str, object]:
        known = list(reversed(releases_of(area.pk if area else None)))
        releases = [one for one in known if one.status == Release.Status.PUBLISHED]
        gone = [one for one in known if one.status == Release.Status.WITHDRAWN]
        shown: dict[str, object] = {"release": None}
        if releases:
            at = reverse("release_pages:release", args=[releases[0].code])
            shown = {**frame_of(releases[0], at), **overview(releases[0])}
        return {
            **shown,
            **talk_beside_figures(area),
            "codes": published_of(area),
            "releases": [(one, in_words(one.quarter)) for one in releases],
            "withdrawn": [(one, in_words(one.quarter)) for one in gone],
        }


class TextPage(PublicPage):
    """Words that stay: how answers are protected, the privacy notice, who we are."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "body"}

    body = RichTextField(features=PLAIN_TEXT)

    template = "pages/text.html"
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
