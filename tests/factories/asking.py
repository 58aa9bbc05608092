"""Areas, surveys, editions and waves."""

from datetime import date
from itertools import count

from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from feedback.accounts.roles import Role
from surveys.design.models import CareCouncil, Edition, SurveyPage
from surveys.design.trees import surveys_of
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area, JourneyStage, Service
from surveys.instrument.document import Instrument, digest, write
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.instrument.wording import Audience
from tests.factories.people import staff

_numbers = count(1)


def area(code=None, **fields):
    """An area of its own."""
    code = code or f"area-{next(_numbers)}"
    return Area.objects.get_or_create(code=code, defaults={"name": code.title(), "is_fictional": True, **fields})[0]


def service(of, code="visits"):
    """A service of an area."""
    return Service.objects.get_or_create(area=of, code=code, defaults={"name": code.title()})[0]


def stage(code="plan"):
    """A step of the journey."""
    return JourneyStage.objects.get_or_create(code=code, defaults={"name": code.title()})[0]


def closed_item(code, *options, rule=None, **fields):
    """A choice among these options."""
    offered = tuple(Option(option, {"en": option.title()}) for option in options)
    fields.setdefault("kind", Kind.CHOICE)
    return Item(code=code, texts={"en": f"Question {code}?"}, options=offered, rule=rule, **fields)


def text_item(code, **fields):
    """A question answered in words."""
    return Item(code=code, kind=Kind.TEXT, texts={"en": f"Question {code}?"}, **fields)


def instrument(*items, audience=Audience.AGE_8_11, **fields):
    """A survey of these items, or of one of each kind."""
    usual = (
        closed_item("listened", "yes", "sometimes", "no"),
        closed_item("why", "busy", "tired", rule=Rule("listened", frozenset({"no"}))),
        closed_item("who", "mum", "dad", "nobody", kind=Kind.MULTI),
        text_item("words"),
    )
    about = {"title": {"en": "About you"}, "kind": "survey", "promise": "nobody_knows", "languages": ("en",)}
    return Instrument(audience=audience, items=items or usual, **{**about, **fields})


def root():
    """Wagtail's root page, also where a test has emptied the tables."""
    Locale.objects.get_or_create(language_code="en")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def survey(*, of=None, audience=Audience.AGE_8_11, **fields):
    """A survey page of a care council."""
    root()
    of = of or area()
    council, _ = CareCouncil.objects.get_or_create(area=of, defaults={"name": f"Care council of {of.name}"})
    title = fields.pop("title", f"Survey {next(_numbers)}")
    return surveys_of(of).add_child(instance=SurveyPage(title=title, care_council=council, audience=audience, **fields))


def put_in_index(*pages):
    """What a search finds pages by, and where one is used; tests keep neither for pages that nobody looks for."""
    for page in pages:
        get_search_backend().add(page.get_indexed_instance())
        ReferenceIndex.create_or_update_for_object(page)


def edition(*items, of=None, audience=Audience.AGE_8_11, **fields):
    """An edition of these items, frozen."""
    page = survey(of=of, audience=audience)
    document = write(instrument(*items, audience=audience, **fields))
    return Edition.objects.create(
        survey=page, number=1, document=document, digest=digest(document), frozen_on=date(2026, 1, 1),
        frozen_by=staff("freezer", Role.PARTICIPATION_OFFICER),
    )  # fmt: skip


def open_wave(*items, of=None, **fields):
    """A wave that takes answers."""
    of = of or area()
    frozen = fields.pop("edition", None) or edition(*items, of=of, audience=fields.pop("audience", Audience.AGE_8_11))
    code = fields.pop("code", f"wave-{next(_numbers)}")
    return Wave.objects.create(
        code=code, name=code, edition=frozen, area=of, status=Wave.Status.OPEN, opened_on=timezone.localdate(), **fields
    )
