"""Whether an instrument asks more of its audience than this audience can answer well.

What is beyond a limit cannot be frozen; what is beyond the usual can, by people who tried it with those it is for. The
numbers are those of `wording.LIMITS`. Where a rule rests on a study, it is named: Coombes et al. 2021 (a review of how
children under 8 answer, doi 10.1007/s11136-021-02814-4), a review of scales by age (doi 10.1186/s41687-018-0051-8),
Read, MacFarlane and Casey 2002 (sorting, and *again*, with 5 to 10 year olds), Fritzley and Lee 2003 (yes and no at 2
to 5), Hall, Hume and Tazzyman 2016 (scales of happy faces only).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from surveys.instrument.document import Instrument
from surveys.instrument.items import FACES, Item, Kind
from surveys.instrument.wording import LANGUAGES, LIMITS, AudienceLimits

MIDDLE_FACE = "middle"
UNHAPPY_FACES = frozenset({"unhappy", "very_unhappy"})
SAFETY = "safer"


class Beyond(NamedTuple):
    """One limit that is passed: which of the linter's rules it is, in which item (empty: the survey), and how."""

    rule: str
    item: str
    sentence: str


def beyond_limits(instrument: Instrument, themes: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """One sentence for each rule of the audience that is broken; none if it may be asked."""
    return tuple(beyond.sentence for beyond in exceeded(instrument, themes))


def beyond_usual(instrument: Instrument) -> tuple[str, ...]:
    """One sentence for each thing that is allowed and seldom wise; those who tried it may pass it over."""
    return tuple(beyond.sentence for beyond in unusual(instrument))


def exceeded(instrument: Instrument, themes: Mapping[str, str] | None = None) -> tuple[Beyond, ...]:
    """Each rule of the audience that is broken, and where.

    `themes` says what each question is about, by its code. Only the English wording is counted; words are what lies
    between spaces.
    """
    limits = LIMITS[instrument.audience]
    asked = _asked(instrument)
    found = [Beyond("use", "", problem) for problem in use_problems(instrument)]
    found += [Beyond("length", "", problem) for problem in _length_problems(len(asked), limits)]
    for item in asked:
        found += [Beyond(rule, item.code, problem) for rule, problem in _item_problems(item, limits)]
        theme = (themes or {}).get(item.code, "")
        found += [Beyond("faces", item.code, problem) for problem in _safety_problems(item, theme)]
    return tuple(found)


def unusual(instrument: Instrument) -> tuple[Beyond, ...]:
    """Each thing that is allowed and seldom wise, and where."""
    limits = LIMITS[instrument.audience]
    asked = _asked(instrument)
    found = []
    if limits.items.usual < len(asked) <= limits.items.most:
        sentence = f"The survey asks {len(asked)} questions; {limits.items.usual} are usual for this audience."
        found.append(Beyond("length", "", sentence))
    for item in asked:
        found += [Beyond("options", item.code, advice) for advice in _item_advice(item, limits)]
    return tuple(found)


def use_problems(instrument: Instrument) -> Iterator[str]:
    """A sentence if those who are only talked with would be surveyed, here or elsewhere.

    Under 5 children cannot report on themselves validly and reliably (Coombes et al. 2021); they can be heard.
    """
    if LIMITS[instrument.audience].only_talked_with and not instrument.is_conversation:
        yield "Four and five year olds are talked with, and nothing they say is counted. Make this a conversation."


def _asked(instrument: Instrument) -> list[Item]:
    return [item for item in instrument.items if item.kind is not Kind.INFORMATION]


def _length_problems(asked: int, limits: AudienceLimits) -> Iterator[str]:
    if asked > limits.items.most:
        yield f"The survey asks {asked} questions; this audience can be asked {limits.items.most} at most."


def _item_problems(item: Item, limits: AudienceLimits) -> Iterator[tuple[str, str]]:
    yield from (("options", problem) for problem in _option_problems(item, limits))
    yield from (("several", problem) for problem in _several_problems(item, limits))
    yield from (("pictures", problem) for problem in _picture_problems(item, limits))
    words = len(item.texts["en"].split())
    if words > limits.words:
        yield "words", f"{item.code} has {words} words; this audience can read {limits.words} at most."


def _option_problems(item: Item, limits: AudienceLimits) -> Iterator[str]:
    """Children to 7 think in one or the other, from 8 in three (Coombes et al. 2021); a review has five from 8."""
    if item.kind is Kind.LADDER:
        if not limits.ladder:
            yield f"{item.code} is a ladder of numbers; this audience is asked in words, and from 12 on in numbers too."
    elif len(item.options) > limits.options.most:
        most = limits.options.most
        ladder = " Only a ladder has more." if limits.ladder else ""
        yield f"{item.code} offers {len(item.options)} answers; this audience can choose from {most} at most.{ladder}"
    if limits.options.most == 2 and _labels(item) == {"yes", "no"}:
        # At 4 and 5 a child says no to what it does not understand (Fritzley and Lee 2003).
        yield f"{item.code} can be answered with yes or no only. Offer two real things to choose from."


def _labels(item: Item) -> set[str]:
    return {option.labels["en"].casefold().strip(" .,") for option in item.options}


def _several_problems(item: Item, limits: AudienceLimits) -> Iterator[str]:
    """To choose several is to decide on each, and to put in order is to compare each with each.

    Under 8 a decision is one of two (Coombes et al. 2021); a few things can be sorted from about 5 (Read, MacFarlane
    and Casey 2002).
    """
    if item.kind is Kind.MULTI and not limits.several:
        yield f"{item.code} takes several answers; children under 8 choose one. Ask for one, or ask each by itself."
    if item.kind is Kind.SORT and not limits.to_sort:
        yield f"{item.code} is put in order; this audience chooses between two things."
    elif item.kind is Kind.SORT and len(item.options) > limits.to_sort:
        yield f"{item.code} has {len(item.options)} things to put in order; this audience can sort {limits.to_sort}."


def _picture_problems(item: Item, limits: AudienceLimits) -> Iterator[str]:
    """Faces help the young and talk down to others; under 8 a middle one is taken for any answer; each has a word."""
    faces = {option.picture for option in item.options} & set(FACES)
    if (faces or item.kind is Kind.FACES) and not limits.faces:
        yield f"{item.code} is answered with faces; this audience is asked in words."
    if MIDDLE_FACE in faces and not limits.middle_face:
        yield f"{item.code} has a face in the middle; children under 8 take it for any answer. Leave it out."
    for option in item.options:
        mute = [code for code, label in option.labels.items() if option.picture and not any(map(str.isalpha, label))]
        if mute:
            language = LANGUAGES.get(mute[0], mute[0])
            yield f"{item.code} has a picture ({option.picture}) without a word beside it in {language}."


def _safety_problems(item: Item, theme: str) -> Iterator[str]:
    """Happy faces only spread out what is liked (Hall, Hume and Tazzyman 2016), and hide an answer that is bad."""
    faces = {option.picture for option in item.options} & set(FACES)
    if theme == SAFETY and faces and not faces & UNHAPPY_FACES:
        yield f"{item.code} is about being safe and has no unhappy face, so a bad answer could not be given."


def _item_advice(item: Item, limits: AudienceLimits) -> Iterator[str]:
    # *Again* always has its three, and a ladder its eleven.
    if item.kind not in {Kind.AGAIN, Kind.LADDER} and limits.options.usual < len(item.options) <= limits.options.most:
        yield f"{item.code} offers {len(item.options)} answers; {limits.options.usual} are easier for this audience."
    if item.kind is not Kind.LADDER and item.options and all(label.isdecimal() for label in _labels(item)):
        yield f"{item.code} offers numbers. Unless it asks how many, say in words what each answer means."
