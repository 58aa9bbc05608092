"""What stands on the screens that a worker and a family look at together; each look is in the log.

Bands of a norm are left out here already, where the card is a child’s, so that no template can show them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.answering.lines import Line, line_of
from surveys.fieldwork.licences import LicensedScale, check_may_be_used
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.licensed import MODES, ON_PAPER, ON_SCREEN, Licensed, sees_bands
from surveys.instrument.scoring import Score, attainable, band_of
from surveys.instrument.wording import AUDIENCE_CHOICES, LANGUAGES, RIGHT_TO_LEFT
from surveys.responses.receipts import card_words
from surveys.responses.together import FamilyCard, Goal, GoalStep, Sitting
from surveys.responses.together_actions import (
    FOR,
    answer_scale,
    begin_card,
    find_card,
    look_at_card,
    mark_goal,
    set_goal,
)

FOR_WHOM = tuple((code, label) for code, label in AUDIENCE_CHOICES if code in FOR)


def begin(area: Area, *, audience: str, by) -> uuid.UUID:
    """A new card, by its key."""
    return begin_card(area, audience=audience, by=by).pk


def opened(words: str, *, by) -> uuid.UUID:
    """The card with these words, by its key."""
    return find_card(words, by=by).pk


def words_on(key: uuid.UUID) -> str:
    """The words on a card, for whoever has its key."""
    return card_words(key)


def keep_answers(key: uuid.UUID, scale: LicensedScale, answers: Mapping[str, str], *, by, **terms: Any) -> None:
    """Keeps and scores what was chosen with a card."""
    answer_scale(key, scale, answers, by=by, **terms)


def keep_goal(key: uuid.UUID, *, words: str, language: str, sent_as: uuid.UUID, by) -> None:
    """Keeps a goal with a card."""
    set_goal(key, words=words, language=language, sent_as=sent_as, by=by)


def keep_step(key: uuid.UUID, *, number: int, chosen: str, after: int, by) -> None:
    """Keeps how near a goal is today."""
    mark_goal(key, number=number, step=chosen, after=after, by=by)


@dataclass(frozen=True)
class OnShelf:
    """One scale that can be answered with a card, or was."""

    scale: LicensedScale
    name: str
    times: int
    languages: tuple[tuple[str, str], ...]
    modes: tuple[tuple[str, str], ...]
    # The languages in which its licence lets a form be written on.
    on_paper: tuple[tuple[str, str], ...]
    why_not: str


@dataclass(frozen=True)
class GoalShown:
    """One goal with every number that was chosen, the first first; nothing for its words where they do not open."""

    number: int
    words: str
    language: str
    set_on: date
    steps: tuple[tuple[date, int], ...]
    line: Line


@dataclass(frozen=True)
class Shelf:
    """Everything on a card."""

    card: FamilyCard
    words: str
    scales: tuple[OnShelf, ...]
    goals: tuple[GoalShown, ...]


def shelf_of(key: uuid.UUID, *, by) -> Shelf:
    """What is on a card, and what can be done with it today."""
    card = look_at_card(key, by=by)
    goals = tuple(_goal(goal) for goal in Goal.objects.of(card))
    return Shelf(card, card_words(card.pk), tuple(_scales(card)), goals)


def _scales(card: FamilyCard):
    """Those of the area for whoever has the card, and those that were answered with it and are over."""
    answered = list(Sitting.objects.filter(card=card).values_list("record", "version"))
    seen = set()
    newest = ("record", "version", F("ended_on").desc(nulls_first=True), "-pk")
    for scale in LicensedScale.objects.filter(area=card.area).order_by(*newest):
        name = (scale.record, scale.version)
        is_for_them = scale.ended_on is None and card.audience in scale.licensed.audiences
        if name not in seen and (is_for_them or name in answered):
            seen.add(name)
            yield _on_shelf(scale, answered.count(name))


def _on_shelf(scale: LicensedScale, times: int) -> OnShelf:
    licensed, today = scale.licensed, timezone.localdate()
    why_not = "An administrator has ended its use." if scale.ended_on else ""
    if scale.is_over(today):
        why_not = f"Its licence ended on {scale.expires_on:%d.%m.%Y}, so it cannot be answered any more."
    languages = tuple((code, LANGUAGES[code]) for code in licensed.languages)
    modes = tuple((mode, MODES[mode]) for mode in licensed.modes)
    return OnShelf(
        scale, licensed.about.name, times, languages, modes, languages if ON_PAPER in licensed.modes else (), why_not
    )


def _goal(goal: Goal) -> GoalShown:
    steps = tuple((one.on, one.step[0]) for one in GoalStep.objects.filter(goal=goal).order_by("number"))
    line = line_of([step for _, step in steps], lowest=0, highest=10)
    return GoalShown(goal.number, goal.words, goal.language, goal.set_on, steps, line)


@dataclass(frozen=True)
class ItemAsked:
    """One item with its options, in the licensed words; by number only where the items may not stand on a screen."""

    code: str
    text: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True)
class Asked:
    """A scale as it is answered on a tablet."""

    scale: LicensedScale
    name: str
    introduction: str
    notice: str
    items: tuple[ItemAsked, ...]
    language: str
    direction: str
    mode: str
    number: int
    shows_words: bool


def asked(key: uuid.UUID, number: int, *, language: str, mode: str, given: Mapping[str, str], by) -> Asked:
    """One scale to be answered with a card; refused where its licence does not cover it."""
    card, scale = _covered(key, number, language=language, mode=mode, by=by)
    return _asked(card, scale, language, mode, mode in ON_SCREEN, given)


def to_write_on(key: uuid.UUID, number: int, *, language: str, by) -> tuple[Asked, bool]:
    """One scale as a form to be written on, and whether its items may also stand on a screen.

    Refused where its licence does not cover paper.
    """
    card, scale = _covered(key, number, language=language, mode=ON_PAPER, by=by)
    return _asked(card, scale, language, ON_PAPER, True, {}), bool(set(scale.licensed.modes) & set(ON_SCREEN))


def _covered(key: uuid.UUID, number: int, *, language: str, mode: str, by) -> tuple[FamilyCard, LicensedScale]:
    card = look_at_card(key, by=by)
    scale = LicensedScale.objects.current().filter(area=card.area, pk=number).first()
    if scale is None:
        raise NotAllowed("There is no such scale any more. Go back, and choose again.")
    check_may_be_used(scale, language=language, mode=mode, audience=card.audience, today=timezone.localdate())
    return card, scale


def _asked(
    card: FamilyCard, scale: LicensedScale, language: str, mode: str, shows_words: bool, given: Mapping[str, str]
) -> Asked:
    licensed = scale.licensed
    return Asked(
        scale,
        licensed.about.name,
        licensed.introduction.get(language, "") if shows_words else "",
        licensed.notice[language],
        tuple(_item(licensed, item, language, shows_words, given.get(item, "")) for item in licensed.about.items),
        language,
        "rtl" if language in RIGHT_TO_LEFT else "ltr",
        mode,
        Sitting.objects.of(card, scale.record, scale.version).count() + 1,
        shows_words,
    )


def _item(licensed: Licensed, item: str, language: str, shows_words: bool, chosen: str) -> ItemAsked:
    options = licensed.options_of(item)
    if shows_words:
        labels = [(one.code, one.texts[language]) for one in options]
        return ItemAsked(item, licensed.items[item][language], tuple(labels), chosen)
    places = [(one.code, _("Box %(place)s") % {"place": place}) for place, one in enumerate(options, start=1)]
    return ItemAsked(item, _("Item %(item)s") % {"item": item}, tuple(places), chosen)


@dataclass(frozen=True)
class ScoreShown:
    """What one scale was the first time and is now, and what that means in the words of the licence."""

    name: str
    first: Score
    latest: Score
    meaning: str
    first_band: str
    latest_band: str
    line: Line
    every: tuple[tuple[date, Score], ...]


@dataclass(frozen=True)
class SideBySide:
    """Two times at which a scale was answered, for the worker and the family together."""

    name: str
    audience: str
    first_on: date
    latest_on: date
    times: int
    scores: tuple[ScoreShown, ...]
    items: tuple[tuple[str, str, str], ...]
    why_no_items: str
    notice: str
    norm: str
    language: str
    direction: str
    is_alone: bool
    is_counted_alike: bool


def side_by_side(key: uuid.UUID, record: str, version: str, *, by) -> SideBySide:
    """The first and the latest time; refused where nothing was answered yet."""
    card = look_at_card(key, by=by)
    sittings = list(Sitting.objects.of(card, record, version).select_related("scale"))
    if not sittings:
        raise NotAllowed("This scale has not been answered with this card yet. Answer it first.")
    first, latest = sittings[0], sittings[-1]
    licensed, language = latest.scale.licensed, latest.language
    has_bands = sees_bands(card.audience)
    scores = tuple(_score(code, sittings, licensed, language, has_bands) for code, *_ in latest.scores)
    why_not = _why_no_items(first, latest)
    return SideBySide(
        licensed.about.name,
        card.audience,
        first.on,
        latest.on,
        len(sittings),
        scores,
        () if why_not else _items(first, latest),
        why_not,
        licensed.notice[language],
        licensed.norm if has_bands else "",
        language,
        "rtl" if language in RIGHT_TO_LEFT else "ltr",
        len(sittings) == 1,
        first.scale.licensed.scoring == licensed.scoring,
    )


def _read(sitting: Sitting, code: str) -> Score:
    for scale, value, answered, of in sitting.scores:
        if scale == code:
            return Score(code, None if value is None else Decimal(value), answered, of)
    return Score(code, None, 0, 0)


def _score(code: str, sittings: list[Sitting], licensed: Licensed, language: str, has_bands: bool) -> ScoreShown:
    every = tuple((sitting.on, _read(sitting, code)) for sitting in sittings)
    first, latest = every[0][1], every[-1][1]
    bands = [band_of(licensed.bands, one) if has_bands else None for one in (first, latest)]
    lowest, highest = _ends(licensed, code)
    rule = next(rule for rule in licensed.rules if rule.code == code)
    return ScoreShown(
        rule.name,
        first,
        latest,
        licensed.meanings[code][language],
        *(band.texts[language] if band else "" for band in bands),
        line_of([one.value for _, one in every], lowest=lowest, highest=highest),
        every,
    )


def _ends(licensed: Licensed, code: str) -> tuple[Decimal, Decimal]:
    values: dict[str, frozenset[Decimal]] = {}
    for rule in licensed.rules:
        values[rule.code] = attainable(rule, licensed.ranges, values)
    return min(values[code]), max(values[code])


def _why_no_items(first: Sitting, latest: Sitting) -> str:
    """Why the items do not stand beside the answers; nothing where they do."""
    scale, language = latest.scale, latest.language
    licensed = scale.licensed
    if not licensed.shows_items or not set(licensed.modes) & set(ON_SCREEN):
        return _("The licence does not let the items stand beside the answers.")
    if scale.is_over(timezone.localdate()) or licensed.digest != scale.digest:
        return _("The licence is over, or its words are not those that were loaded, so no item is shown any more.")
    if first.scale.licensed.wording(language) != licensed.wording(language):
        return _("The words were others the first time, so the answers are not put side by side.")
    return ""


def _items(first: Sitting, latest: Sitting) -> tuple[tuple[str, str, str], ...]:
    licensed, language = latest.scale.licensed, latest.language
    labels = {option.code: option.texts[language] for option in licensed.options}
    return tuple(
        (
            licensed.items[item][language],
            labels.get(first.answers.get(item, ""), ""),
            labels.get(latest.answers.get(item, ""), ""),
        )
        for item in licensed.about.items
    )
