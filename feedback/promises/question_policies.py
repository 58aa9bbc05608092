"""What may be asked and answered in public, and by whom; every refusal is a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.accounts.rights import people_with
from feedback.anonymisation.quotable import marks_that_stand
from feedback.anonymisation.redaction import redact
from feedback.promises.advising import Advice, advice_on
from feedback.promises.child_questions import ANSWER, LONGEST_ANSWER, LONGEST_ASKED, ChildQuestion, QuestionAnswer
from feedback.promises.policies import check_quotes_only, check_text, clean
from feedback.promises.quoted import released_words
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import LANGUAGES

ENGLISH = "en"
GONE = "This question is not there any more: its answers were taken back, somebody is worried, or it was recalled."


@dataclass(frozen=True)
class Draft:
    """An answer as somebody wrote it, and the question in the same language, where the child asked in another."""

    language: str
    text: str
    asked: str = ""


def stands(question: ChildQuestion) -> bool:
    """Whether the words of a question may be shown now."""
    return bool(question.words) and question.mark in marks_that_stand(question.area)


def check_stands(question: ChildQuestion) -> None:
    """Refuses to go on with a question whose words may not be shown."""
    if not stands(question):
        raise NotAllowed(GONE)


def check_answer(question: ChildQuestion, draft: Draft) -> Draft:
    """The answer as it is kept; refused where a child could not read it, or it quotes what is not public."""
    tidy = Draft(draft.language, clean(draft.text), clean(draft.asked) if draft.language != question.language else "")
    if tidy.language not in LANGUAGES:
        raise NotAllowed("There is no such language. Choose one of those that are offered.")
    check_text(tidy.text, "The answer", LONGEST_ANSWER)
    if tidy.language != question.language:
        check_text(tidy.asked, f"The question in {LANGUAGES[tidy.language]}", LONGEST_ASKED)
    check_quotes_only([tidy.text, tidy.asked], [*released_words(question.area), question.words])
    return tidy


def check_reason(reason: str, longest: int) -> str:
    """The reason as it is kept; refused where there is none."""
    reason = clean(reason)
    check_text(reason, "The reason", longest)
    return reason


def check_is_second(answer: QuestionAnswer, by) -> None:
    """Refuses whoever wrote it: two people answer for what children are told."""
    if answer.by_id == by.pk:
        raise NotAllowed("You wrote this answer, so somebody else lets it out or sends it back.")


def somebody_answers(area: Area) -> bool:
    """Whether anybody works there who may answer; where nobody does, no page says that they will."""
    return people_with([ANSWER], where=area).exists()


def names_in(text: str) -> tuple[str, ...]:
    """What in an answer may be a name, a place or a number that leads to somebody."""
    return tuple(dict.fromkeys(text[span.start : span.end] for span in redact(text, language=ENGLISH).spans))


def advice_on_answer(question: ChildQuestion, draft: Draft) -> list[Advice]:
    """What could be plainer for whoever asked; the youngest are written to as those of 6 and 7 are."""
    audience = "AGE_6_7" if question.audience == "AGE_4_5" else question.audience
    return advice_on([(audience, draft.language, draft.text)])
