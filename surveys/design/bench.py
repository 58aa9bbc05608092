"""What lies on the workbench: the screens of a draft, with their words, and what was said and found of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from wagtail.models import Locale

from surveys.bank.models import QuestionPage
from surveys.design.arranging import WAYS_OUT, Screen, conditions_of, screens_of, text_for
from surveys.design.composition import questions_of
from surveys.design.models import SurveyPage
from surveys.design.policies import LUNDY
from surveys.design.workbench import CHILDREN_PER_BAND, Suggestion
from surveys.instrument.wording import Audience, Voice, voice_of

MOST_FOUND = 20


@dataclass(frozen=True)
class Row:
    """One screen as the workbench shows it."""

    screen: str
    code: str
    words: str
    number: int = 0
    hint: str = ""
    way: str = ""
    options: tuple[str, ...] = ()
    after: str = ""
    problem: str = ""
    question: QuestionPage | None = None
    suggestions: int = 0
    remarks: int = 0
    tried: int = 0
    is_of_children: bool = True

    @property
    def tried_with(self) -> str:
        """With how many of those it is for its present words were tried."""
        whom = "children of this age" if self.is_of_children else "people it is for"
        return f"Tried with {self.tried} of at least {CHILDREN_PER_BAND} {whom}."


def rows_of(draft: SurveyPage) -> list[Row]:
    """Every screen of a draft; in how many questions it is asked does not change how often the database is asked."""
    questions, audience = questions_of(draft), Audience(draft.audience)
    screens = screens_of(draft)
    known = {question.code: question for question in questions.values()}
    counts = _Counts(draft)
    rows, number = [], 0
    for screen in screens:
        if screen["type"] == "information":
            rows.append(counts.on(Row(screen["id"], screen["value"]["code"], screen["value"]["text"])))
            continue
        number += 1
        found = questions.get(screen["value"]["question"])
        after = _after(screen, known, audience)
        rows.append(counts.on(_row(screen, number, found, audience, after)))
    return rows


def row_of(draft: SurveyPage, screen: str) -> Row | None:
    """One screen of a draft; nothing where it is not in it."""
    return next((row for row in rows_of(draft) if row.screen == screen), None)


def _row(screen: Screen, number: int, found: QuestionPage | None, audience: Audience, after: str) -> Row:
    if found is None:
        return Row(screen["id"], "?", "", number, problem="This question is not in the bank any more. Take it out.")
    words = text_for(found, audience)
    hint = next((wording.hint for wording in found.wordings.all() if wording.audience == audience), "")
    return Row(
        screen=screen["id"],
        code=found.code,
        words=words,
        number=number,
        hint=hint,
        way=found.get_kind_display(),
        options=tuple(option.label for option in found.options_for(audience)),
        after=after,
        problem="" if words else "It has no words for this audience. Word it in the bank, or take it out.",
        question=found,
        is_of_children=voice_of(audience) == Voice.CHILD,
    )


def _after(screen: Screen, known: Mapping[str, QuestionPage], audience: Audience) -> str:
    """The condition in words."""
    for condition in conditions_of(screen):
        asked = known.get(condition["question"])
        if asked is None:
            return f"Asked only after answers to {condition['question']}, which the survey does not ask."
        labels = {**WAYS_OUT, **{option.code: option.label for option in asked.options_for(audience)}}
        answers = " or ".join(f"“{labels.get(code, code)}”" for code in condition["options"])
        return f"Asked only after {answers} to “{text_for(asked, audience) or asked.code}”."
    return ""


class _Counts:
    """How much was said and found of each screen, all counted at once."""

    def __init__(self, draft: SurveyPage) -> None:
        waiting = draft.suggestions.filter(status=Suggestion.Status.OPEN)
        self.suggestions = Counter(waiting.values_list("question__code", flat=True))
        self.remarks = Counter(draft.remarks.values_list("item", flat=True))
        notes = draft.try_notes.filter(band=draft.audience).values("item", "words").order_by()
        self.tried = {(one["item"], one["words"]): one["sum"] for one in notes.annotate(sum=Sum("children"))}

    def on(self, row: Row) -> Row:
        """The same screen with its counts."""
        said = {"suggestions": self.suggestions[row.code], "remarks": self.remarks[row.code]}
        # Children who tried other words say nothing about these.
        tried = self.tried.get((row.code, row.words), 0)
        return Row(**{**{name: getattr(row, name) for name in row.__dataclass_fields__}, **said, "tried": tried})


def questions_to_add(draft: SurveyPage, search: str) -> QuerySet[QuestionPage]:
    """The questions of the bank that have words for this audience, are not retired, and are not asked yet."""
    asked = [screen["value"]["question"] for screen in screens_of(draft) if screen["type"] == "question"]
    found = QuestionPage.objects.filter(locale=Locale.get_default(), wordings__audience=draft.audience)
    found = found.exclude(status=QuestionPage.Status.RETIRED)
    for word in search.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(theme__icontains=word)
            | Q(purpose__icontains=word)
            | Q(wordings__audience=draft.audience, wordings__text__icontains=word)
        )
    ordered = found.exclude(pk__in=asked).distinct().order_by("theme", "code")
    return ordered.prefetch_related("wordings", "options")


def missing_of(draft: SurveyPage) -> list[str]:
    """What nobody has said yet of how children are heard, each in a few words."""
    return [meaning for field, meaning in LUNDY.items() if not getattr(draft, field)]
