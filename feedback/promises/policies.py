"""What a promise may say, who may answer for it, and until when; every refusal is a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError

from feedback.promises.models import EVERYBODY, KEEP, LONGEST_TOLD, LONGEST_WORDS, OWN, READERS, Promise
from feedback.promises.quoted import not_released
from feedback.releases.claims import check_claims_nothing
from feedback.releases.models import Release
from feedback.releases.readings import questions_to_interpret
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import LANGUAGES

MOST_DAYS = 730
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Said:
    """A promise in the words of one audience (blank: of everybody) and one language."""

    audience: str
    language: str
    you_said: str
    we_will: str = ""


@dataclass(frozen=True)
class Outcome:
    """What we did, or why not, or why another day, in the words of one audience and one language."""

    audience: str
    language: str
    text: str


def clean(text: str) -> str:
    """A text as it is kept: without what no screen shows, and without empty ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def check_owner(owner, area: Area) -> None:
    """Refuses whoever does not answer for promises there: children and young people of a care council never do."""
    if not owner.is_active or not owner.has_perm(OWN, area):
        raise ValidationError(
            {"owner": f"They have no role in {area} today in which somebody answers for promises. Choose another."}
        )


def has_left(promise: Promise) -> bool:
    """Whether the owner does not work there any more, so that the board officers answer for it."""
    return not (promise.owner.is_active and promise.owner.has_perm(OWN, promise.place))


def answers_for(promise: Promise, by) -> bool:
    """Whether somebody may say what came of a promise: its owner while they work there, and the board officers."""
    is_owner = promise.owner_id == by.pk and by.has_perm(OWN, promise.place)
    return is_owner or by.has_perm(KEEP, promise.place)


def check_day(due_on: date | None, *, today: date) -> None:
    """Refuses a promise without a day, or for one that is over or years away."""
    if due_on is None:
        raise ValidationError({"due_on": "Say by which day. Children see it, and how late it is when it is over."})
    if due_on < today:
        raise ValidationError({"due_on": "This day is over already. Choose today or a later one."})
    if due_on > today + timedelta(days=MOST_DAYS):
        raise ValidationError(
            {"due_on": "This is more than two years away. Promise what comes first, by a nearer day."}
        )


def check_cites(area: Area, release: Release | None, question: str) -> None:
    """Refuses a release of another area or one that nobody can read, and a question it shows no figure of."""
    if release is None:
        if question:
            raise ValidationError({"question": "Choose the release in which this question was published."})
        return
    if release.area_id != area.pk:
        raise ValidationError({"release": f"This release is not of {area}. Choose one of {area}, or none."})
    if release.status != Release.Status.PUBLISHED:
        raise ValidationError({"release": "This release is not published. Only what everybody can read may be cited."})
    if question and question not in questions_to_interpret(release):
        raise ValidationError({"question": "This release shows no figure of that question."})


def check_words(words: Sequence[Said], language: str, *, is_promised: bool, released: Iterable[str]) -> None:
    """Refuses a promise that somebody it is about, or everybody, has no words of their own for."""
    check_each_once([(one.audience, one.language) for one in words])
    audiences = {one.audience for one in words}
    if not audiences - {EVERYBODY}:
        raise ValidationError("Say whom it is about, and write it in their words.")
    if missing := [who for who in audiences | {EVERYBODY} if (who, language) not in _there(words)]:
        raise ValidationError(f"Write it in {LANGUAGES[language]} first for {named(missing)}, then in other languages.")
    for one in words:
        check_one(one, is_promised=is_promised, released=released)


def check_one(said: Said, *, is_promised: bool, released: Iterable[str]) -> None:
    """Refuses words that are missing, too long, claim what only a record may say, or quote what was not released."""
    _check_place(said.audience, said.language)
    where = f"{named([said.audience])}, {LANGUAGES[said.language]}"
    check_text(said.you_said, f"“You said” for {where}", LONGEST_WORDS)
    if is_promised:
        check_text(said.we_will, f"“We will” for {where}", LONGEST_WORDS)
    check_quotes_only([said.you_said, said.we_will], released)


def check_outcome(
    told: Sequence[Outcome], audiences: Iterable[str], language: str, *, what: str, released: Iterable[str]
) -> None:
    """Refuses to say what came of a promise without saying it to everybody it is about, in words of their own."""
    check_each_once([(one.audience, one.language) for one in told])
    there = {(one.audience, one.language) for one in told if one.text}
    if missing := [who for who in {*audiences, EVERYBODY} if (who, language) not in there]:
        raise ValidationError(f"{what} Write it in {LANGUAGES[language]} for {named(missing)}: they read it.")
    for one in told:
        _check_place(one.audience, one.language)
        check_text(one.text, f"What you write for {named([one.audience])}", LONGEST_TOLD)
        check_quotes_only([one.text], released)


def check_text(text: str, what: str, longest: int) -> None:
    """Refuses a text that is empty, or too long for a child to read."""
    if not text:
        raise ValidationError(f"{what} is empty.")
    if len(text) > longest:
        raise ValidationError(f"{what} has {len(text)} letters. At most {longest} fit: say it shorter.")
    check_claims_nothing("words", [text])


def check_each_once(places: Sequence[tuple[str, str]]) -> None:
    """Refuses the same audience and language twice."""
    if len(set(places)) < len(places):
        raise ValidationError("The same words are there twice for one audience and language.")


def check_quotes_only(texts: Iterable[str], released: Iterable[str]) -> None:
    """Refuses words in quotation marks that are in no release: what a child said is told in our words, or released."""
    for text in texts:
        if found := not_released(text, released):
            raise NotAllowed(
                f"“{found}” is in no published release. Say in your own words what children said, or quote "
                "what was released."
            )


def _there(words: Iterable[Said]) -> set[tuple[str, str]]:
    return {(one.audience, one.language) for one in words}


def _check_place(audience: str, language: str) -> None:
    if audience not in {EVERYBODY, *READERS} or language not in LANGUAGES:
        raise ValidationError("There is no such audience or language. Choose one of those that are offered.")


NAMES: Mapping[str, str] = {
    EVERYBODY: "everybody",
    "AGE_6_7": "6 and 7 year olds",
    "AGE_8_11": "8 to 11 year olds",
    "AGE_12_17": "12 to 17 year olds",
    "CARE_LEAVER": "care leavers",
    "PARENT_CARER": "parents and carers",
}


def named(audiences: Iterable[str]) -> str:
    """These audiences in a sentence, in their order."""
    wanted = set(audiences)
    return ", ".join(name for code, name in NAMES.items() if code in wanted)
