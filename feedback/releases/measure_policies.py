"""When a measure may be kept: one voice, answers that exist, three questions, no target, and no look that is new."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError

from feedback.disclosure.rules import AREA_TABLES, NATION_TABLES
from feedback.releases.asked_questions import AskedQuestion, questions_known
from feedback.releases.measure import THREE, Measure
from feedback.releases.measures import groups_read, table_read
from feedback.releases.service_information import AUDIENCES, VOICES
from surveys.frame.models import JourneyStage
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import Audience, Voice, voice_of

LONGEST_ASKED = 200
# Words that make of information a target, a ranking or a traffic light (progress report 5.6 to 5.8, 5.31).
JUDGING = re.compile(
    r"\b(RAG(?:[- ]rat\w+)?|traffic[- ]lights?|red|amber|green|targets?|KPIs?|benchmarks?|league tables?|rank\w*"
    r"|scorecards?|top \d+|bottom \d+|best[- ]performing|worst|(?:under|over)performing)\b",
    re.IGNORECASE,
)
JUDGES = "makes a target, a ranking or a traffic light of what people said. Say what you want to know instead."
NO_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
Faults = Iterator[tuple[str, str]]
"""The name of a field, and a sentence about it."""


def check_measure(measure: Measure, known: Mapping[str, AskedQuestion], stages: Collection[str]) -> None:
    """Refuses a measure with everything that is wrong with it, each sentence under its field."""
    faults: dict[str, list[str]] = {}
    for field, sentence in _faults(measure, known, stages):
        faults.setdefault(field, []).append(sentence)
    if faults:
        raise NotAllowed(faults)


def check_is_in_use(measure: Measure) -> None:
    """Refuses to change what somebody retired."""
    if measure.is_retired:
        raise NotAllowed("Somebody has retired this measure. Take it up again first.")


def check_may_read(measure: Measure) -> None:
    """Refuses cells of a table that does not exist: it would be another look at every answer (look budget)."""
    tables = NATION_TABLES if measure.area_id is None else AREA_TABLES
    of_voice = frozenset(one.value for one in Audience if one.value in AUDIENCES and _is_of(one, measure.voice))
    needed = {table_read(*group) for group in groups_read(measure, AskedQuestion("", "", audiences=of_voice))}
    if needed - set(tables):
        raise NotAllowed(
            "For all areas together there is no table of a step of the journey and who answered at once. It would be "
            "another look at every answer. Choose all who answer with this voice, or the whole journey."
        )


def _faults(measure: Measure, known: Mapping[str, AskedQuestion], stages: Collection[str]) -> Faults:
    yield from _about_words(measure)
    yield from _about_asking(measure.ask)
    yield from _about_audiences(measure, known)
    yield from _about_questions(measure, known)
    if measure.stage and measure.stage not in stages:
        yield "stage", f"There is no step of the journey called “{measure.stage}”."
    try:
        check_may_read(measure)
    except NotAllowed as problem:
        yield "audiences", problem.messages[0]


def _about_words(measure: Measure) -> Faults:
    texts = {name: [getattr(measure, name)] for name in ("name", "good_news_if", "bad_news_if")}
    for field, said in {**texts, "ask": _texts(measure.ask)}.items():
        for text in said:
            if found := JUDGING.search(text):
                yield field, f"“{found[0]}” {JUDGES}"
            if NO_CONTROL.search(text):
                yield field, "Write it in one line. There is a character in it that cannot be kept."


def _texts(given: object) -> list[str]:
    return [one for one in given if isinstance(one, str)] if isinstance(given, list) else []


def _about_asking(ask: object) -> Faults:
    asked = [one.strip() for one in _texts(ask) if one.strip()]
    if len(asked) != THREE or not isinstance(ask, list) or len(ask) != THREE:
        yield "ask", f"Write exactly three questions to ask. There are {len(asked)}."
    if len({one.casefold() for one in asked}) < len(asked):
        yield "ask", "Two of the questions are the same. Ask something else."
    for one in asked:
        if not one.endswith("?"):
            yield "ask", f"“{_short(one)}” is not a question. End it with a question mark."
        if len(one) > LONGEST_ASKED:
            yield "ask", f"“{_short(one)}” is longer than {LONGEST_ASKED} characters."


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _about_audiences(measure: Measure, known: Mapping[str, AskedQuestion]) -> Faults:
    if not measure.audiences:
        yield "audiences", "Say who answers: at least one group."
    asked: set[str] = set().union(*(known[code].audiences for code in _codes(measure) if code in known))
    for audience in measure.audiences:
        if audience not in AUDIENCES:
            yield "audiences", f"“{audience}” are never counted, so no figure of them exists."
        elif not _is_of(Audience(audience), measure.voice):
            yield "audiences", f"{AUDIENCES[Audience(audience)]} speak with another voice. Make a measure of their own."
        elif asked and audience not in asked:
            yield "audiences", f"None of these questions is for {AUDIENCES[Audience(audience)]}."


def _is_of(audience: Audience, voice: str) -> bool:
    return voice_of(audience).value == voice


def _codes(measure: Measure) -> list[str]:
    return list(measure.questions) if isinstance(measure.questions, dict) else []


def _about_questions(measure: Measure, known: Mapping[str, AskedQuestion]) -> Faults:
    codes = _codes(measure)
    if not codes:
        yield "questions", "Name at least one question and the answers that tell it."
    for code in codes:
        if code not in known:
            yield "questions", f"There is no question with the code “{code}”, in the bank or in a survey."
        else:
            yield from (("questions", one) for one in _wrong_with(known[code], measure.questions[code], measure.voice))


def _wrong_with(asked: AskedQuestion, options: object, voice: str) -> Iterable[str]:
    if asked.is_words:
        yield (
            f"“{asked.name}” is answered in words or drawings. To count them would be another look at every answer; "
            "they are read, and quotes are chosen from them."
        )
        return
    if asked.voices - {Voice(voice)}:
        others = " and ".join(VOICES[one] for one in Voice if one in asked.voices and one != voice)
        yield f"“{asked.name}” is answered by others: {others}. Two voices are never added up."
    yield from _wrong_answers(asked, options if isinstance(options, list) else [])


def _wrong_answers(asked: AskedQuestion, options: Sequence[str]) -> Iterable[str]:
    if not options:
        yield f"Name at least one answer of “{asked.name}”."
    for option in options:
        if option not in asked.options:
            yield f"“{option}” is no answer of “{asked.name}”. Its answers are: {', '.join(asked.options)}."
    if len(set(options)) < len(options):
        yield f"An answer of “{asked.name}” is named twice."
    if len(options) > 1 and asked.is_several:
        yield (
            f"People can give several answers to “{asked.name}”. How many gave one or another of them is not known "
            "from its figures, and counting it would be another look at every answer. Name one answer."
        )
    elif options and set(asked.options) <= set(options):
        yield f"All answers of “{asked.name}” together are always everybody. Leave at least one out."


def check_as_it_is(measure: Measure) -> None:
    """Everything that is wrong with it at once, under the field it belongs to."""
    faults: dict[str, list[str]] = {}
    for check in (measure.full_clean, lambda: _check_against_what_is_known(measure)):
        try:
            check()
        except ValidationError as problem:
            for field, sentences in _by_field(problem).items():
                faults.setdefault(field, []).extend(one for one in sentences if one not in faults.get(field, []))
    if faults:
        raise NotAllowed(faults)


def _check_against_what_is_known(measure: Measure) -> None:
    check_measure(measure, questions_known(), set(JourneyStage.objects.values_list("code", flat=True)))


def _by_field(problem: ValidationError) -> dict[str, list[str]]:
    return problem.message_dict if hasattr(problem, "error_dict") else {"__all__": problem.messages}
