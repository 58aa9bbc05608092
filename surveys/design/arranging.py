"""The changes somebody makes to a draft on the workbench: each takes the draft and changes it, or says why it cannot.

The screens are handled as they are stored, so that a block keeps its id, and what is said of it, wherever it goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from surveys.bank.models import QuestionPage
from surveys.design.composition import questions_of
from surveys.design.models import SurveyPage
from surveys.frame.policies import NotAllowed
from surveys.instrument.items import BOTH_WAYS_OUT, ONE_OPTION, Kind
from surveys.instrument.wording import Audience

LONGEST_INFORMATION = 2000
MOST_SCREENS = 120
GONE = "This screen is not in the survey any more. Look at the survey as it is now."

# A screen as it is stored: its type, its value and its id.
Screen = dict[str, Any]


class Change(Protocol):
    """Something that is done to a draft."""

    @property
    def what(self) -> str:
        """What it does, in a few words for the survey's history."""

    def apply(self, draft: SurveyPage) -> None:
        """Does it; NotAllowed, with a sentence, where it cannot be done."""


def screens_of(draft: SurveyPage) -> list[Screen]:
    """The screens as they are stored, to be changed."""
    return list(draft.screens.get_prep_value())


def _put(draft: SurveyPage, screens: list[Screen]) -> None:
    """Makes these the screens, unless that would break a condition that held before."""
    broken = set(_broken(draft, screens_of(draft)))
    if new := [problem for problem in _broken(draft, screens) if problem not in broken]:
        raise NotAllowed(new[0])
    draft.screens = SurveyPage._meta.get_field("screens").to_python(screens)


def _broken(draft: SurveyPage, screens: list[Screen]) -> Iterable[str]:
    """A sentence for each question whose condition is not about an earlier one."""
    codes = codes_of(draft, screens)
    earlier: set[str] = set()
    for screen in screens:
        code = codes[screen["id"]]
        for condition in conditions_of(screen):
            if condition["question"] not in earlier:
                asked = condition["question"]
                yield (
                    f"{code} is asked only after certain answers to {asked}, so {asked} has to stay before it. Take "
                    f"the condition of {code} away first."
                )
        earlier.add(code)


def conditions_of(screen: Screen) -> list[dict[str, Any]]:
    """What a screen is asked after: the code of a question, and codes of its answers; one at most, as it is stored."""
    listed = screen["value"].get("show_if", ()) if screen["type"] == "question" else ()
    return [_plain(condition) for condition in listed]


def _plain(stored: Any) -> Any:
    """A part of a list as it is stored, with or without its id."""
    value = stored["value"] if isinstance(stored, dict) and set(stored) == {"type", "value", "id"} else stored
    if isinstance(value, dict) and "options" in value:
        return {**value, "options": [_plain(option) for option in value["options"]]}
    return value


def codes_of(draft: SurveyPage, screens: list[Screen]) -> dict[str, str]:
    """The code of each screen, by its id."""
    asked = [screen["value"]["question"] for screen in screens if screen["type"] == "question"]
    codes = dict(QuestionPage.objects.filter(pk__in=asked).values_list("pk", "code"))
    return {
        screen["id"]: codes.get(screen["value"]["question"], "?")
        if screen["type"] == "question"
        else screen["value"]["code"]
        for screen in screens
    }


def _place(screens: list[Screen], screen: str) -> int:
    for place, one in enumerate(screens):
        if one["id"] == screen:
            return place
    raise NotAllowed(GONE)


@dataclass(frozen=True)
class Move:
    """Puts a screen so many places further down, or up."""

    screen: str
    by: int
    what = "moved a screen"

    def apply(self, draft: SurveyPage) -> None:
        """Does it; at either end it stays where it is."""
        screens = screens_of(draft)
        place = _place(screens, self.screen)
        moved = screens.pop(place)
        screens.insert(max(0, place + self.by), moved)
        _put(draft, screens)


@dataclass(frozen=True)
class Order:
    """Puts all screens into another order."""

    screens: tuple[str, ...]
    what = "put the screens into another order"

    def apply(self, draft: SurveyPage) -> None:
        """Does it, where these are the screens there are, each once."""
        found = {screen["id"]: screen for screen in screens_of(draft)}
        if sorted(self.screens) != sorted(found):
            raise NotAllowed("These are not the screens of the survey. Look at it as it is now, and move them again.")
        _put(draft, [found[screen] for screen in self.screens])


@dataclass(frozen=True)
class AddQuestion:
    """Asks a question of the bank, after all others."""

    question: QuestionPage
    what = "added a question"

    def apply(self, draft: SurveyPage) -> None:
        """Does it, where the question has words for those who are asked, and is not asked already."""
        screens = _with_room(draft)
        if self.question.code in codes_of(draft, screens).values():
            raise NotAllowed(f"{self.question.code} is asked already.")
        if not self.question.wordings.filter(audience=draft.audience).exists():
            raise NotAllowed(f"{self.question.code} has no words for this audience. Word it in the bank first.")
        value = {"question": self.question.pk, "show_if": []}
        _put(draft, [*screens, {"type": "question", "value": value, "id": str(uuid4())}])


@dataclass(frozen=True)
class AddInformation:
    """Tells something, after all other screens."""

    text: str
    what = "added a screen of information"

    def apply(self, draft: SurveyPage) -> None:
        """Does it, under a code of its own."""
        screens = _with_room(draft)
        taken = set(codes_of(draft, screens).values())
        code = next(code for number in range(1, MOST_SCREENS + 2) if (code := f"told_{number}") not in taken)
        value = {"code": code, "text": _told(self.text)}
        _put(draft, [*screens, {"type": "information", "value": value, "id": str(uuid4())}])


@dataclass(frozen=True)
class Reword:
    """Says something else on a screen of information."""

    screen: str
    text: str
    what = "changed a screen of information"

    def apply(self, draft: SurveyPage) -> None:
        """Does it; the words of a question are the bank's."""
        screens = screens_of(draft)
        found = screens[_place(screens, self.screen)]
        if found["type"] != "information":
            raise NotAllowed("The words of a question are in the bank. Suggest other words for it instead.")
        found["value"] = {**found["value"], "text": _told(self.text)}
        _put(draft, screens)


@dataclass(frozen=True)
class TakeOut:
    """Asks or tells something no longer."""

    screen: str
    what = "took a screen out"

    def apply(self, draft: SurveyPage) -> None:
        """Does it, unless something is asked only after it."""
        screens = screens_of(draft)
        del screens[_place(screens, self.screen)]
        _put(draft, screens)


@dataclass(frozen=True)
class AskOnlyAfter:
    """Asks a question only after certain answers to an earlier one; after any, where none is chosen."""

    screen: str
    earlier: str = ""
    options: tuple[str, ...] = ()
    what = "chose after which answers a question is asked"

    def apply(self, draft: SurveyPage) -> None:
        """Does it, where the answers are offered by a question that comes before."""
        screens = screens_of(draft)
        place = _place(screens, self.screen)
        if screens[place]["type"] != "question":
            raise NotAllowed("A screen of information is shown to everybody.")
        conditions = [self._condition(draft, screens, place)] if self.earlier else []
        screens[place]["value"] = {**screens[place]["value"], "show_if": conditions}
        _put(draft, screens)

    def _condition(self, draft: SurveyPage, screens: list[Screen], place: int) -> dict[str, Any]:
        offers = {offer.screen: offer for offer in offers_before(draft, screens[place]["id"])}
        if self.earlier not in offers:
            raise NotAllowed("Choose a question with answers to choose from, that is asked before this one.")
        offer, chosen = offers[self.earlier], tuple(dict.fromkeys(self.options))
        if not chosen or not set(chosen) <= {code for code, _ in offer.options}:
            raise NotAllowed("Choose at least one of the answers that this question offers.")
        if offer.is_one_only and len(chosen) > 1:
            raise NotAllowed("Choose one answer only: several of them can be given together.")
        return {"question": offer.code, "options": list(chosen)}


@dataclass(frozen=True)
class Promise:
    """Says how it is safe, how it is said, who listens, and when they report back."""

    space: str
    voice: str
    decision_maker: str
    report_back_on: date | None
    what = "said who listens, and how"

    def apply(self, draft: SurveyPage) -> None:
        """Does it; what is left empty is missing still."""
        for field in ("space", "voice", "decision_maker", "report_back_on"):
            setattr(draft, field, getattr(self, field))


@dataclass(frozen=True)
class Offer:
    """An earlier question with the answers that something can be asked after."""

    screen: str
    code: str
    words: str
    options: tuple[tuple[str, str], ...]
    # Several answers can be given together, so only one of them can lead on.
    is_one_only: bool


WAYS_OUT = {"do_not_know": "I don’t know", "rather_not_say": "I don’t want to say"}


def offers_before(draft: SurveyPage, screen: str, questions: dict[int, QuestionPage] | None = None) -> list[Offer]:
    """The questions before a screen whose answers can lead to it, in their order."""
    questions = questions_of(draft) if questions is None else questions
    found, audience = [], Audience(draft.audience)
    for one in screens_of(draft):
        if one["id"] == screen:
            return found
        question = questions.get(one["value"]["question"]) if one["type"] == "question" else None
        if question and Kind(question.kind) in ONE_OPTION | {Kind.MULTI}:
            found.append(_offer(one["id"], question, audience))
    raise NotAllowed(GONE)


def _offer(screen: str, question: QuestionPage, audience: Audience) -> Offer:
    is_multi = question.kind == Kind.MULTI
    offered = [(option.code, option.label) for option in question.options_for(audience)]
    ways = [] if is_multi else [(way, WAYS_OUT[way]) for way in BOTH_WAYS_OUT]
    return Offer(screen, question.code, text_for(question, audience), (*offered, *ways), is_multi)


def text_for(question: QuestionPage, audience: Audience) -> str:
    """What a question says to this audience; nothing where it has no words for them."""
    return next((wording.text for wording in question.wordings.all() if wording.audience == audience), "")


def _with_room(draft: SurveyPage) -> list[Screen]:
    screens = screens_of(draft)
    if len(screens) >= MOST_SCREENS:
        raise NotAllowed(f"A survey has {MOST_SCREENS} screens at most. Take one out first.")
    return screens


def _told(text: str) -> str:
    """The words of a screen of information, as they are kept."""
    said = text.strip()
    if not said:
        raise NotAllowed("Write what this screen tells.")
    if len(said) > LONGEST_INFORMATION:
        raise NotAllowed(f"This is too long for one screen: {LONGEST_INFORMATION} letters are the most.")
    return said
