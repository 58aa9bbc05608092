"""The public pages. They show only what has been released or promised."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.pages.decks import DeckPage, TalkPage
from cms.pages.figures import figures_of
from cms.pages.forms import HomeForm
from cms.pages.keeping import asked_for_each_time
from cms.pages.uploaded import Picture, PictureRendition, PublicDocument
from cms.pages.wording import check_claims_nothing
from feedback.releases.models import Release
from feedback.releases.opened_codes import published_of
from feedback.releases.service_information import in_words
from surveys.frame.models import Area

__all__ = [
    "DeckPage",
    "HomePage",
    "Picture",
    "PictureRendition",
    "PublicDocument",
    "ResultsPage",
    "TalkPage",
    "TextPage",
]
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


class PublicPage(Page):
    """What every public page has: its area's name and helplines, and the note on invented content."""

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs) -> dict:
        """What the template shows."""
        context = super().get_context(request, *args, **kwargs)
        home = self.home()
        area = home.area if home else None
        context.update(home=home, area=area, help_numbers=area.help_numbers.all() if area else [])
        # What speaks for all areas says so too as soon as one of them is invented.
        is_invented = area.is_fictional if area else Area.objects.filter(is_fictional=True).exists()
        context.update(exit_address=settings.EARSHOT_QUICK_EXIT_ADDRESS, is_invented=is_invented)
        return context

    def clean(self) -> None:
        """Refuses words that only the record of a test may say."""
        super().clean()
        for name in ("title", "seo_title", "search_description", "introduction", "body"):
            if text := getattr(self, name, ""):
                check_claims_nothing(name, [str(text)])

    def home(self) -> HomePage | None:
        """The home page this page belongs to."""
        return HomePage.objects.ancestor_of(self, inclusive=True).select_related("area").last()


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
    subpage_types = ["pages.ResultsPage", "pages.TextPage", "pages.TalkPage", "pages.HomePage"]
    content_panels = [*Page.content_panels, FieldPanel("area"), FieldPanel("introduction"), FieldPanel("body")]

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
        children = self.get_children().live().specific().in_menu()
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
        """Reads the stored cells of the last published release of the home page's area."""
        context = super().get_context(request, *args, **kwargs)
        releases = list(Release.objects.published().filter(area=context["area"]).select_related("area"))
        release = releases[0] if releases else None
        context.update(
            **(figures_of(release) if release else {"release": None}),
            codes=published_of(context["area"]),
            releases=[(one, in_words(one.quarter)) for one in releases],
        )
        return context


class TextPage(PublicPage):
    """Words that stay: how answers are protected, the privacy notice, who we are."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "body"}

    body = RichTextField(features=PLAIN_TEXT)

    template = "pages/text.html"
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]
