"""One prepared object per screen of the survey, so that templates hold no logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from surveys.answering.branching import Onward, leads_to, onward, screen_id
from surveys.answering.choosing import hearers_to_choose
from surveys.answering.drawings import drawing, scene
from surveys.answering.languages import Spoken, address_in, direction_of, spoken_in
from surveys.answering.leaving_out import may_be_left_out
from surveys.answering.letting_others_read import Asking, asking
from surveys.answering.promised import promised_at
from surveys.answering.sealing import SealingKey, sealing_key
from surveys.answering.words import CHILDREN, Words, sentences, words_around
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.document import INTRODUCTION, Instrument
from surveys.instrument.hearers import NOBODY_ELSE
from surveys.instrument.items import DO_NOT_KNOW, IN_WORDS, RATHER_NOT_SAY, Item, Kind
from surveys.instrument.promises import only_by_card
from surveys.instrument.recordings import Audio
from surveys.instrument.wording import LIMITS, said_in

# The style sheet knows this many rules by number; an item with a later one is shown to everybody without a script,
# and the server drops what lies off the path.
RULES_IN_STYLES = 12
TEMPLATES = {
    Kind.SORT: "answering/sorted.html",
    Kind.SHORT: "answering/short.html",
    Kind.TEXT: "answering/written.html",
    Kind.DRAWING: "answering/drawn.html",
    Kind.INFORMATION: "answering/told.html",
}
REST = "rest"
# The screens around the questions that have a picture of their own for children.
SCENES = ("who", "practice", "told", "send")


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    leads_to: str
    chosen: bool
    excludes: bool = False
    picture: str = ""
    audio: str = ""


@dataclass(frozen=True)
class Place:
    """One place of an order, and which thing was put there."""

    number: int
    chosen: str = ""


@dataclass(frozen=True)
class Screen:
    """One screen of the survey: a question, or words between questions."""

    id: str
    kind: str
    heading: str
    hint: str = ""
    code: str = ""
    classes: str = ""
    number: int = 0
    of: int = 0
    choices: tuple[Choice, ...] = ()
    ways_out: tuple[Choice, ...] = ()
    text: str = ""
    max_length: int = 0
    error: str = ""
    back: str = ""
    onward: tuple[Onward, ...] = ()
    places: tuple[Place, ...] = ()
    audio: str = ""
    picture: str = ""

    @property
    def stones(self) -> tuple[bool, ...]:
        """The stones of the path, and whether one has come so far."""
        return tuple(stone <= self.number for stone in range(1, self.of + 1))

    @property
    def template(self) -> str:
        """The template of its kind."""
        return "answering/rest.html" if self.kind == REST else TEMPLATES.get(Kind(self.kind), "answering/closed.html")

    @property
    def input(self) -> str:
        """The form control that offers its choices."""
        return "checkbox" if self.kind == Kind.MULTI else "radio"


@dataclass(frozen=True)
class Given:
    """What was sent and could not be stored, so that the form can show it again; nothing on a first visit."""

    answers: Mapping[str, object] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    helper: str = ""
    told: str = ""
    code: str = ""
    hearers: tuple[str, ...] = ()
    others: str = ""

    def has(self, item: str, value: str) -> bool:
        """Whether this value was given for an item."""
        answer = self.answers.get(item)
        return value == answer or (isinstance(answer, list) and value in answer)

    def text(self, item: str) -> str:
        """The words given for an item."""
        answer = self.answers.get(item)
        return answer if isinstance(answer, str) else ""

    def at(self, item: str, place: int) -> str:
        """What was put at a place of an order, counted from nought."""
        answer = self.answers.get(item)
        return answer[place] if isinstance(answer, list) and place < len(answer) else ""


@dataclass(frozen=True)
class Line:
    """One thing that is said, and a picture beside it that says the same."""

    picture: SafeString
    text: str


@dataclass(frozen=True)
class SurveyScreens:
    """The whole document: what is said before, every screen, and what is said after."""

    title: str
    language: str
    direction: str
    words: Words
    wave: Wave
    edition: str
    introduction: str
    explained: tuple[Line, ...]
    promised: tuple[Line, ...]
    promise_added: tuple[str, ...]
    art: Mapping[str, SafeString]
    is_path: bool
    target: int
    offers_audio: bool
    hearers: tuple[Choice, ...]
    helpers: tuple[Choice, ...]
    told: tuple[Choice, ...]
    letting: Asking | None
    left_out: tuple[Choice, ...]
    screens: tuple[Screen, ...]
    first: str
    needs_code: bool
    # Whether the same card opens what is asked afterwards.
    asked_again: bool
    given: Given
    errors: tuple[tuple[str, str, str], ...]
    address: str
    receipt_address: str
    promised_address: str
    languages: tuple[Spoken, ...]
    is_drafted: bool
    sealing: SealingKey
    kinds: frozenset[str]
    audio: str

    @property
    def last(self) -> str:
        """The screen before the one that asks whether somebody told them what to say."""
        return self.screens[-1].id

    @property
    def begins(self) -> str:
        """The first screen that asks something."""
        return "s-hear" if self.words.hear else "s-who"


def survey_screens(
    instrument: Instrument, *, wave: Wave, edition: str, language: str, given: Given | None = None
) -> SurveyScreens:
    """Everything the document of one language shows."""
    given = given or Given()
    words = words_around(instrument)
    screens = _screens(instrument, words, language, given)
    return SurveyScreens(
        title=said_in(instrument.title, language),
        language=language,
        direction=direction_of(language),
        words=words,
        wave=wave,
        edition=edition,
        introduction=said_in(instrument.introduction, language),
        explained=_explained(instrument, words),
        promised=_lines(("one_person many_people", words.promise_more)),
        promise_added=sentences(instrument.promise_added.get(language, "")),
        art={name: scene(name) for name in SCENES} if words.family == CHILDREN.family else {},
        is_path=words.family == CHILDREN.family,
        target=LIMITS[instrument.audience].target,
        offers_audio=LIMITS[instrument.audience].offers_audio,
        hearers=_hearers(instrument, wave, given),
        helpers=tuple(Choice(code, str(label), "", given.helper == code) for code, label in words.helpers),
        told=tuple(Choice(code, str(label), "", given.told == code) for code, label in words.told_options),
        letting=asking(instrument),
        left_out=tuple(
            Choice(item.code, said_in(item.texts, language), "", False) for item in may_be_left_out(instrument)
        ),
        screens=screens,
        first=screens[0].id,
        needs_code=wave.area_id is None or wave.needs_card or only_by_card(instrument.kept_promise),
        asked_again=wave.is_asked_again_after,
        address=address_in(language, "survey", code=wave.code),
        receipt_address=address_in(language, "receipt", code=wave.code),
        promised_address=promised_at(wave.area, instrument.audience, language),
        languages=_others(instrument, wave, language),
        is_drafted=language in instrument.drafted,
        sealing=sealing_key(),
        kinds=frozenset(screen.kind for screen in screens),
        given=given,
        audio=_audio(instrument.audio.get(INTRODUCTION, {}), language),
        errors=tuple((_target(code, screens), _name(screens, code), message) for code, message in given.errors.items()),
    )


def _hearers(instrument: Instrument, wave: Wave, given: Given) -> tuple[Choice, ...]:
    """Whom somebody can choose to be heard by, where the promise lets them."""
    offered = hearers_to_choose(instrument, wave)
    return tuple(
        Choice(value, label, "", value in given.hearers, excludes=value == NOBODY_ELSE) for value, label in offered
    )


def languages_of(instrument: Instrument, area: Area | None) -> list[str]:
    """The languages a survey is shown in: those it has, as far as the area offers them."""
    return [code for code in instrument.languages if area is None or area.offers(code)]


def _others(instrument: Instrument, wave: Wave, language: str) -> tuple[Spoken, ...]:
    offered = languages_of(instrument, wave.area)
    return spoken_in((code for code in offered if code != language), "survey", code=wave.code)


def _explained(instrument: Instrument, words: Words) -> tuple[Line, ...]:
    """What somebody must know before they say yes, one thing on a line."""
    made_by, listener, day = instrument.designed_by, instrument.listener, _report_day(instrument)
    return _lines(
        ("speech", str(words.who_asks) % {"made_by": made_by} if made_by else ""),
        ("many_people", words.who_sees),
        ("ear", _("The person who listens and decides: %(name)s.") % {"name": listener} if listener else ""),
        ("clock", _("We say what changed by %(day)s.") % {"day": day} if day else ""),
        ("hand", words.stop),
        ("door_open", words.hide),
    )


def _lines(*said: tuple[str, object]) -> tuple[Line, ...]:
    """Each sentence with its picture: the first picture named, the next beside the next, the last beside the rest."""
    lines = []
    for pictures, text in said:
        names = pictures.split()
        lines += [Line(drawing(names[min(n, len(names) - 1)]), line) for n, line in enumerate(sentences(str(text)))]
    return tuple(lines)


def _report_day(instrument: Instrument) -> str:
    return date_format(date.fromisoformat(instrument.report_back_on), "j F Y") if instrument.report_back_on else ""


def _target(code: str, screens: tuple[Screen, ...]) -> str:
    ours = {"helper": "s-who", "told": "s-told", "hearers": "s-hear", "others": "s-others"}
    if code in ours:
        return ours[code]
    return screen_id(code) if code in {screen.code for screen in screens} else "s-send"


def _name(screens: tuple[Screen, ...], code: str) -> str:
    return next((screen.heading for screen in screens if screen.code == code), "")


def _audio(recorded: Audio, language: str) -> str:
    """Where these words are heard in this language; nothing where nobody read them aloud."""
    return reverse("answering:recording", args=[recorded[language].sha256]) if language in recorded else ""


def _with_rests(instrument: Instrument, words: Words) -> tuple[Item, ...]:
    """The items, with a rest after so many questions where this audience has one and some are still to come."""
    every = LIMITS[instrument.audience].break_every
    steps: list[Item] = []
    asked = 0
    for place, item in enumerate(instrument.items):
        steps.append(item)
        asked += item.kind is not Kind.INFORMATION
        if every and item.kind is not Kind.INFORMATION and asked % every == 0 and place + 1 < len(instrument.items):
            text, more = {"en": str(words.rest)}, {"en": str(words.rest_more)}  # in the language of this document
            steps.append(Item(f"{REST}.{asked}", Kind.INFORMATION, text, hints=more))
    return tuple(steps)


def _screens(instrument: Instrument, words: Words, language: str, given: Given) -> tuple[Screen, ...]:
    rules = {item.code: n for n, item in enumerate((i for i in instrument.items if i.rule), start=1)}
    rules = {code: number for code, number in rules.items() if number <= RULES_IN_STYLES}
    asked = [item.code for item in instrument.items if item.kind is not Kind.INFORMATION]
    steps = _with_rests(instrument, words)
    return tuple(
        Screen(
            id=screen_id(item.code),
            kind=REST if item.code.startswith(f"{REST}.") else item.kind.value,
            heading=said_in(item.texts, language),
            hint=said_in(item.hints, language),
            code=item.code,
            classes=f"if-{rules[item.code]}" if item.code in rules else "",
            number=asked.index(item.code) + 1 if item.code in asked else 0,
            of=len(asked),
            choices=_choices(item, instrument, rules, language, given),
            ways_out=_ways_out(item, rules, instrument, language, given),
            text=given.text(item.code) if item.kind in IN_WORDS else "",
            max_length=item.longest,
            error=given.errors.get(item.code, ""),
            back=screen_id(steps[place - 1].code) if place else "s-who",
            onward=onward(steps[place + 1 :], rules),
            places=tuple(Place(n + 1, given.at(item.code, n)) for n in range(len(item.options))),
            audio=_audio(item.audio, language),
            picture=drawing(item.picture),
        )
        for place, item in enumerate(steps)
    )


def _choices(
    item: Item, instrument: Instrument, rules: Mapping[str, int], language: str, given: Given
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            value=option.code,
            label=said_in(option.labels, language),
            leads_to=leads_to(item, option.code, instrument, rules),
            chosen=given.has(item.code, option.code),
            excludes=option.excludes_others,
            picture=drawing(option.picture),
            audio=_audio(option.audio, language),
        )
        for option in item.options
    )


def _ways_out(
    item: Item, rules: Mapping[str, int], instrument: Instrument, language: str, given: Given
) -> tuple[Choice, ...]:
    """The two ways out, apart from the scale; a question answered in words is left by writing nothing."""
    labels = {DO_NOT_KNOW: _("I don’t know"), RATHER_NOT_SAY: _("I don’t want to say")}
    if not item.is_closed:
        return ()
    return tuple(
        Choice(
            value=way,
            label=labels[way],
            leads_to=leads_to(item, way, instrument, rules),
            chosen=given.has(item.code, way),
            excludes=True,
            audio=_audio(instrument.audio.get(way, {}), language),
        )
        for way in item.ways_out
    )
