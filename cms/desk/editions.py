"""Two editions of a survey side by side, or the draft beside the last one: what changed, and what breaks a series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.desk.surveys import VIEW, mine
from cms.desk.trying import attempt
from cms.workflow.history import latest
from surveys.design.composition import compose
from surveys.design.frozen import instrument_of
from surveys.design.models import SurveyPage
from surveys.design.series import Meaning, meanings_said
from surveys.design.series_actions import say_meaning
from surveys.instrument.comparing import Change, Mark, Piece, Series, What, compare, word_changes
from surveys.instrument.document import BadInstrument, Instrument
from surveys.instrument.items import Item
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT

DRAFT = "draft"
SAID = {
    Series.BREAKS: "Break in series: figures before and after are not joined.",
    Series.UNLESS: "Break in series, unless those who know the question say that it still means the same.",
    Series.HOLDS: "No break in series.",
}
# What is shown as words of both editions, and not as a change in a sentence.
IN_WORDS = {What.REWORDED, What.HINT, What.LABEL, What.TITLE, What.INTRODUCTION}

ABOUT_OPTIONS = {What.ADDED, What.REMOVED, What.KIND, What.OPTIONS, What.LABEL, What.PICTURE}


@dataclass(frozen=True)
class Row:
    """One text in both editions: its pieces, and in which language it is."""

    label: str
    pieces: tuple[Piece, ...]
    language: str = "en"

    @property
    def earlier(self) -> list[Piece]:
        """What the earlier edition says."""
        return [piece for piece in self.pieces if piece.mark is not Mark.ADDED]

    @property
    def later(self) -> list[Piece]:
        """What the later edition says."""
        return [piece for piece in self.pieces if piece.mark is not Mark.REMOVED]

    @property
    def direction(self) -> str:
        """In which direction it is read."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Entry:
    """One question that changed, or what is around the questions: what happened, and both wordings."""

    code: str
    title: str
    verdict: str
    breaks: bool
    is_form: bool
    changes: list[str]
    rows: list[Row]


@never_cache
def editions(request: HttpRequest, number: int) -> HttpResponse:
    """Two editions, or an edition and the draft, with every difference between them."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied("Your role does not include this.")
    survey = get_object_or_404(mine(request), id=number)
    if request.method == "POST":
        return _say(request, survey)
    numbers = [str(found) for found in survey.editions.order_by("number").values_list("number", flat=True)]
    choices = [*numbers, DRAFT]
    before, after = _chosen(request, survey, choices)
    context = {"survey": survey, "choices": choices, "before": before, "after": after, "draft": DRAFT}
    if before and after:
        context |= _compared(survey, before, after)
        context["may_say"] = DRAFT not in (before, after) and request.user.has_perm("design.approve", survey)
    return render(request, "desk/editions.html", context)


def _chosen(request: HttpRequest, survey: SurveyPage, choices: list[str]) -> tuple[str, str]:
    """Which two were asked for; else the last edition and the draft, or while there is none the last two editions."""
    if len(choices) < 2:
        return "", ""
    is_frozen = survey.status == SurveyPage.Status.FROZEN
    usual = choices[-3:-1] if is_frozen and len(choices) > 2 else choices[-2:]
    before, after = (request.GET.get(name, usual[n]) for n, name in enumerate(("before", "after")))
    if not {before, after} <= set(choices):
        raise Http404("There is no such edition.")
    return before, after


def _say(request: HttpRequest, survey: SurveyPage) -> HttpResponse:
    """Keeps what a member of the care council says about one question, and shows the same two editions again."""
    both = [request.POST.get(name, "") for name in ("before", "after")]
    earlier, later = (get_object_or_404(survey.editions.all(), number=number_typed(one)) for one in both)
    given = request.POST.get("meaning")
    if given not in ("same", "other"):
        raise PermissionDenied("There is no such step.")
    item, reason = (request.POST.get(name, "").replace("\0", "")[:500] for name in ("item", "reason"))

    def say() -> None:
        say_meaning(
            survey, item=item, earlier=earlier, later=later, is_same=given == "same", reason=reason, by=request.user
        )

    attempt(request, "Kept. It stands in the history of the survey.", say)
    return redirect(f"{reverse('desk:editions', args=[survey.pk])}?before={earlier.number}&after={later.number}")


def number_typed(typed: str) -> int:
    """The number of an edition; 0, which none has, for whatever is no number."""
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0


def _compared(survey: SurveyPage, before: str, after: str) -> dict[str, object]:
    try:
        earlier, later = (_instrument(survey, one) for one in (before, after))
    except (BadInstrument, ValidationError) as problem:
        said = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        return {"problem": f"The draft cannot be asked as it is, so it cannot be compared: {said}"}
    changes = compare(earlier, later)
    found = list(dict.fromkeys(change.item for change in changes))
    said = meanings_said(survey, int(before), int(after)) if DRAFT not in (before, after) else {}
    entries = [_entry(code, [c for c in changes if c.item == code], earlier, later, said.get(code)) for code in found]
    same = [item for item in later.items if item.code not in found]
    return {"entries": entries, "same": [(item.code, item.texts["en"]) for item in same]}


def _instrument(survey: SurveyPage, which: str) -> Instrument:
    if which == DRAFT:
        return compose(latest(survey))
    return instrument_of(survey.editions.get(number=int(which)).pk)


def _entry(code: str, changes: list[Change], earlier: Instrument, later: Instrument, meaning: Meaning | None) -> Entry:
    was, now = ({item.code: item for item in one.items}.get(code) for one in (earlier, later))
    rows = [*_english(was, now, {change.what for change in changes})] if code else []
    rows += [_row(change) for change in changes if change.what in IN_WORDS and not (code and _is_shown(change))]
    worst = max((change.series for change in changes), key=list(Series).index)
    verdict, breaks = _judged(worst, meaning)
    return Entry(code, code or "Around the questions", verdict, breaks, worst is Series.BREAKS,
                 [_said(change) for change in changes], rows)  # fmt: skip


def _judged(worst: Series, meaning: Meaning | None) -> tuple[str, bool]:
    """What holds of a series, in a sentence: its form first, then what people said, then what a program can see."""
    if worst is Series.BREAKS or meaning is None:
        return SAID[worst], worst is not Series.HOLDS
    if meaning.is_same:
        return f"No break in series: the care council says that it means the same. {meaning.reason}", False
    return f"Break in series: the care council says that it means something else. {meaning.reason}", True


def _is_shown(change: Change) -> bool:
    """Whether the English rows have it already."""
    return change.language == "en"


def _english(was: Item | None, now: Item | None, whats: set[What]) -> Iterator[Row]:
    """The question in English, whether it changed or not; its hint, and its options where something about them did."""
    yield Row("Question", _pieces(was, now, "texts"))
    if any(item and item.hints.get("en") for item in (was, now)):
        yield Row("Hint", _pieces(was, now, "hints"))
    if not whats & ABOUT_OPTIONS:
        return
    labels = [{option.code: option.labels["en"] for option in item.options} if item else {} for item in (was, now)]
    for code in dict.fromkeys((*labels[1], *labels[0])):
        yield Row(f"Option {code}", word_changes(labels[0].get(code, ""), labels[1].get(code, "")))


def _pieces(was: Item | None, now: Item | None, field: str) -> tuple[Piece, ...]:
    before, after = (getattr(item, field).get("en", "") if item else "" for item in (was, now))
    return word_changes(before, after)


def _row(change: Change) -> Row:
    label = f"{change.what.capitalize()}, {LANGUAGES.get(change.language, change.language)}"
    return Row(label, word_changes(change.before, change.after), change.language)


def _said(change: Change) -> str:
    """One change in a sentence, with whether it breaks the series."""
    said = change.what.capitalize()
    if change.option:
        said += f" ({change.option})"
    if change.language:
        said += f" in {LANGUAGES.get(change.language, change.language)}"
    if change.what not in IN_WORDS and (change.before or change.after):
        said += f": {change.before or 'nothing'} → {change.after or 'nothing'}"
    return f"{said}. {_verdict(change)}".strip()


def _verdict(change: Change) -> str:
    return {Series.BREAKS: "Breaks the series.", Series.UNLESS: "Breaks it unless the meaning stayed."}.get(
        change.series, ""
    )
