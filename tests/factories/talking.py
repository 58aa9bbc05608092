"""Focus groups and interviews: written down, read by a lead, decided on, told."""

import uuid
from datetime import timedelta

from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.talk_actions import Marked, decide_talk_text
from feedback.safeguarding.talk_actions import finish_talk
from surveys.responses.talk_actions import Recorded, Said, record_talk
from surveys.responses.talks import Talk, TalkText, quarters_to_choose
from tests.factories.people import staff
from tests.factories.promising import officer

LINE = "Most of them said that they see a new worker too often."
WORDS = "I had to tell my story again."


def lead(area):
    """A safeguarding lead of an area."""
    return staff("lead", Role.SAFEGUARDING_LEAD, area=area)


def moderator(area, name="moderator"):
    """A moderator of an area."""
    return staff(name, Role.MODERATOR, area=area)


def whole(**given):
    """What a facilitator sends, with nothing missing."""
    usual = {
        "kind": "focus_group", "quarter": quarters_to_choose(timezone.localdate())[1], "stage": "plan",
        "people": {"AGE_12_17": "many"}, "is_about_me": False, "agreed": True, "words_agreed": True,
        "said": (Said("same_worker", LINE, WORDS, "AGE_12_17"),),
    }  # fmt: skip
    if given.get("kind") == "interview":
        usual["people"] = {"AGE_12_17": "few"}
    return Recorded(**{**usual, **given})


def recorded(area, by=None, **given):
    """A talk that was written down, and that screening has seen."""
    before = set(Talk.objects.values_list("pk", flat=True))
    record_talk(area, whole(**given), sent_as=uuid.uuid4(), by=by or officer(area))
    sweep()
    return Talk.objects.exclude(pk__in=before).get()


def read(area, **given):
    """A talk that a lead has read."""
    talk = recorded(area, **given)
    finish_talk(talk.pk, worrying=(), by=lead(area))
    return talk


def decided(area, decision="usable", **given):
    """A talk of which a moderator has decided on everything."""
    talk = read(area, **given)
    for text in TalkText.objects.filter(talk=talk):
        decide_talk_text(text.pk, decision, Marked(set()), by=moderator(area))
    return talk


def quarter_ends(*talks):
    """So much time passes that the quarter in which these were written down is over; the sweep sees it."""
    Talk.objects.filter(pk__in=[talk.pk for talk in talks]).update(
        recorded_on=timezone.localdate() - timedelta(days=100)
    )
    sweep()
