"""Writing down what was said in a focus group or an interview."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.bank.themes import Stage, Theme
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed, check_is_an_area_still
from surveys.instrument.wording import LANGUAGES, Audience
from surveys.responses.receipts import talk_key
from surveys.responses.talks import Size, Sort, Talk, TalkKind, TalkText, quarters_to_choose

RECORD = "fieldwork.record_talk"
LONGEST_SAID = 1000
MOST_THEMES = 20
CHOOSE = "Please choose one of the answers shown."
ALREADY = "This page was sent before, and what was sent first is kept. Begin a new one for another talk."


@dataclass(frozen=True)
class Said:
    """What was said of one theme: the facilitator’s line, and words that may be quoted, with whose age they are."""

    theme: str = ""
    line: str = ""
    words: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Recorded:
    """What a facilitator sends, before anything of it is believed."""

    kind: str
    quarter: str
    people: Mapping[str, str]
    said: tuple[Said, ...] = field(default=())
    stage: str = ""
    language: str = "en"
    # Whether it was about whoever writes it down; nothing chosen is no answer.
    is_about_me: bool | None = None
    agreed: bool | None = None
    words_agreed: bool | None = None


@transaction.atomic
def record_talk(area: Area, recorded: Recorded, *, sent_as: uuid.UUID, by) -> None:
    """Keeps what was said in a talk, before anybody is told that it is kept; the same page is kept once."""
    if not by.has_perm(RECORD, area):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    check_is_an_area_still(area)
    _check_may_be_written_down(recorded)
    _check_is_whole(recorded)
    texts = _texts(recorded)
    key = talk_key(sent_as, area.pk, by.pk)
    try:
        with transaction.atomic():
            talk = Talk.objects.create(
                id=key, area=area, kind=recorded.kind, quarter=recorded.quarter, stage=recorded.stage,
                people=dict(recorded.people), language=recorded.language, recorded_by=by,
                recorded_on=timezone.localdate(),
            )  # fmt: skip
    except IntegrityError as problem:
        raise NotAllowed(ALREADY) from problem
    for number, text in enumerate(texts, start=1):
        text.talk, text.number = talk, number
        text.save(force_insert=True)
    log(area, "responses.record_talk", user=by)


def _check_may_be_written_down(recorded: Recorded) -> None:
    if recorded.is_about_me is None:
        raise NotAllowed("Say whether it was about you or your own work.")
    if recorded.is_about_me:
        raise NotAllowed("Then let somebody else write it down, whom it was not about. Nothing was kept.")
    if not recorded.agreed:
        raise NotAllowed("Nothing is written down unless everybody who was there agreed. Nothing was kept.")


def _check_is_whole(recorded: Recorded) -> None:
    chosen = (
        recorded.kind in TalkKind.values,
        recorded.quarter in quarters_to_choose(timezone.localdate()),
        recorded.stage in ("", *Stage.values),
        recorded.language in LANGUAGES,
        all(size in Size.values for size in recorded.people.values()),
        all(audience in set(Audience) for audience in recorded.people),
    )
    if not all(chosen):
        raise NotAllowed(CHOOSE)
    if not recorded.people:
        raise NotAllowed("Say who was there: of at least one age how many.")
    if recorded.kind == TalkKind.INTERVIEW and list(recorded.people.values()) != [Size.FEW]:
        raise NotAllowed("An interview is with one age, and fewer than five people. Otherwise it was a focus group.")


def _texts(recorded: Recorded) -> list[TalkText]:
    """Every line and every quote as a row of its own; refused with a sentence where something is missing."""
    rows = [row for said in recorded.said[:MOST_THEMES] for row in _rows(said, recorded)]
    if not rows:
        raise NotAllowed("Please write what was said, of at least one theme.")
    return rows


def _rows(said: Said, recorded: Recorded) -> list[TalkText]:
    line, words = _cleaned(said.line), _cleaned(said.words)
    if not line and not words:
        return []
    if said.theme not in Theme.values:
        raise NotAllowed("Choose a theme for everything that you write.")
    if max(len(line), len(words)) > LONGEST_SAID:
        raise NotAllowed(f"Something here is too long to keep: write at most {LONGEST_SAID} characters in each box.")
    if words and not recorded.words_agreed:
        raise NotAllowed("Nobody’s own words are kept unless they agreed to that. Leave those boxes empty, or ask.")
    if said.audience not in ("", *recorded.people):
        raise NotAllowed("Words can only be of an age that was there.")
    found = [(Sort.LINE, line, ""), (Sort.WORDS, words, said.audience)]
    return [
        TalkText(id=uuid.uuid4(), sort=sort, theme=said.theme, audience=audience, words=text)
        for sort, text, audience in found
        if text
    ]


def _cleaned(words: str) -> str:
    """What was written, without what no database keeps."""
    kept = words.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return kept.replace("\0", "").strip()
