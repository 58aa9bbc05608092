"""What a worker and a family do with their card: begin it, find it again, answer a scale, set a goal, mark it.

Whoever does it is the worker, signed in; nothing that was answered is in the log.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.fieldwork.licences import USE, LicensedScale, check_may_be_used
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still
from surveys.instrument.scoring import Score
from surveys.instrument.wording import AT_WORK, LANGUAGES, NEVER_COUNTED, Audience
from surveys.responses.receipts import card_digest, card_words, sent_key
from surveys.responses.together import FamilyCard, Goal, GoalStep, Sitting

MOST_SITTINGS, MOST_GOALS, MOST_STEPS = 12, 10, 60
LONGEST_GOAL = 500
HIGHEST_STEP = 10
# Four and five year olds are never measured, and professionals are no family.
FOR = tuple(one.value for one in Audience if one not in NEVER_COUNTED | AT_WORK)
GONE = "This card was erased in the meantime. Nothing of it is left."
NO_CARD = "No card with these words is in your areas. Look at each word again. A card of another area opens there."


@transaction.atomic
def begin_card(area: Area, *, audience: str, by) -> FamilyCard:
    """Makes a card with nothing on it; its words follow from it, and are stored nowhere."""
    _check(by, area)
    check_is_an_area_still(area)
    if audience not in FOR:
        raise NotAllowed("Choose whom the card is for.")
    key, today = uuid.uuid4(), timezone.localdate()
    card = FamilyCard.objects.create(
        id=key, area=area, audience=audience, digest=card_digest(card_words(key)), begun_on=today, used_on=today
    )
    log(area, "responses.begin_card", user=by)
    return card


@transaction.atomic
def find_card(words: str, *, by) -> FamilyCard:
    """The card with these words, in this person’s areas; says in the log that somebody opened one."""
    if not by.has_perm(USE):
        raise PermissionDenied("Your role does not include this.")
    held = FamilyCard.objects.held(by, USE).select_related("area")
    card = held.filter(digest=card_digest(words)).first()
    if card is None:
        raise NotAllowed(NO_CARD)
    log(card.area, "responses.find_card", user=by)
    return card


@transaction.atomic
def look_at_card(key: uuid.UUID, *, by) -> FamilyCard:
    """A card that is open at this desk, for a look that is logged."""
    card = _held(key, by)
    log(card.area, "responses.look_at_card", user=by)
    return card


@transaction.atomic
def answer_scale(
    key: uuid.UUID,
    scale: LicensedScale,
    answers: Mapping[str, str],
    *,
    number: int,
    language: str,
    mode: str,
    sent_as: uuid.UUID,
    by,
) -> Sitting:
    """Keeps and scores what was chosen, once however often it is sent; refuses what the licence does not cover.

    `number` says which time this is: of two devices that both are the second, one is told so.
    """
    card, today = _locked(key, by), timezone.localdate()
    sitting = sent_key(sent_as, card.pk, f"{scale.pk} {sorted(answers.items())}")
    if before := Sitting.objects.filter(pk=sitting).first():
        return before
    if scale.area_id != card.area_id:
        raise NotAllowed("This scale was not loaded for the area of this card.")
    check_may_be_used(scale, language=language, mode=mode, audience=card.audience, today=today)
    _check_answers(scale, answers)
    _check_number(Sitting.objects.of(card, scale.record, scale.version).count(), number)
    made = Sitting.objects.create(
        id=sitting, card=card, scale=scale, record=scale.record, version=scale.version, number=number,
        language=language, mode=mode, answers=dict(answers), scores=_scored(scale, answers),
        on=today,
    )  # fmt: skip
    _use(card, "responses.answer_scale", by)
    return made


def _scored(scale: LicensedScale, answers: Mapping[str, str]) -> list[list]:
    return [_as_kept(score) for score in scale.licensed.scores(answers)]


def _as_kept(score: Score) -> list:
    return [score.scale, None if score.value is None else str(score.value), score.answered, score.asked]


def _check_answers(scale: LicensedScale, answers: Mapping[str, str]) -> None:
    known = {(option.code, item) for option in scale.licensed.options for item in option.items}
    if any((code, item) not in known for item, code in answers.items()):
        raise NotAllowed("One of the answers is none that can be chosen. Go back, and choose it anew.")
    if not answers:
        raise NotAllowed("Nothing was chosen. Choose an answer, or leave the scale: you do not have to answer it.")


def _check_number(there: int, number: int) -> None:
    if there >= MOST_SITTINGS:
        raise NotAllowed(f"This scale has been answered {MOST_SITTINGS} times with this card, which is the most.")
    if there + 1 != number:
        raise NotAllowed(
            "Somebody has just sent answers to this scale with the same card, on another device. Look at those first; "
            "if these are other answers, open the scale again and send them."
        )


@transaction.atomic
def set_goal(key: uuid.UUID, *, words: str, language: str, sent_as: uuid.UUID, by) -> Goal:
    """Keeps a goal in the words of whoever set it; screening looks at it, and a person reads it."""
    card, today = _locked(key, by), timezone.localdate()
    goal = sent_key(sent_as, card.pk, words)
    if before := Goal.objects.filter(pk=goal).first():
        return before
    kept = _readable(words)
    if language not in LANGUAGES:
        raise NotAllowed("Choose the language in which it is written.")
    there = Goal.objects.of(card).count()
    if there >= MOST_GOALS:
        raise NotAllowed(f"There are {MOST_GOALS} goals on this card, which is the most. Talk about those first.")
    made = Goal.objects.create(
        id=goal, card=card, area=card.area, number=there + 1, words=kept, language=language, set_on=today
    )
    _use(card, "responses.set_goal", by)
    return made


def _readable(words: str) -> str:
    kept = words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8").strip()
    if not kept:
        raise NotAllowed("Nothing was written. Write the goal in their own words.")
    if "\0" in kept:
        raise NotAllowed("There is a sign in it that cannot be kept. Type it anew instead of pasting it.")
    if len(kept) > LONGEST_GOAL:
        raise NotAllowed(f"This is too long for a goal: use at most {LONGEST_GOAL} letters.")
    return kept


@transaction.atomic
def mark_goal(key: uuid.UUID, *, number: int, step: str, after: int, by) -> GoalStep:
    """Keeps how near they feel today; `after` is how many they saw, so that what is sent twice is kept once."""
    card, today = _locked(key, by), timezone.localdate()
    goal = Goal.objects.of(card).filter(number=number).first()
    if goal is None:
        raise NotAllowed("There is no such goal on this card.")
    if not (step.isascii() and step.isdigit() and len(step) <= 2 and int(step) <= HIGHEST_STEP):
        raise NotAllowed(f"Choose a number from 0 to {HIGHEST_STEP}.")
    there = list(GoalStep.objects.filter(goal=goal).order_by("number"))
    if len(there) == after + 1 and there[-1].step == [int(step)] and there[-1].on == today:
        return there[-1]
    if len(there) != after:
        raise NotAllowed("Somebody has just chosen a number for this goal on another device. Look at it first.")
    if after >= MOST_STEPS:
        raise NotAllowed(f"This goal has {MOST_STEPS} numbers, which is the most. Set a new goal.")
    made = GoalStep.objects.create(goal=goal, number=after + 1, step=[int(step)], on=today)
    _use(card, "responses.mark_goal", by)
    return made


def _use(card: FamilyCard, action: str, by) -> None:
    card.used_on = timezone.localdate()
    card.save(update_fields=["used_on"])
    log(card.area, action, user=by)


def _held(key: uuid.UUID, by, *, cards=None) -> FamilyCard:
    """A card that this person opened, if they may still; refused to everybody else."""
    if not by.has_perm(USE):
        raise PermissionDenied("Your role does not include this.")
    card = (cards or FamilyCard.objects).held(by, USE).select_related("area").filter(pk=key).first()
    if card is None:
        raise NotAllowed(GONE)
    return card


def _locked(key: uuid.UUID, by) -> FamilyCard:
    """The same, and two devices come one after the other."""
    return _held(key, by, cards=FamilyCard.objects.select_for_update(of=("self",)))


def _check(by, area: Area) -> None:
    if not by.has_perm(USE, area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
