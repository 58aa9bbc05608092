"""The vault. A response is one row: written once, before it is acknowledged, under an id its device made.

There is no address, no user agent and no time finer than a day in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from surveys.design.models import Edition
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area, JourneyStage, Service
from surveys.instrument.wording import AT_WORK, AUDIENCE_CHOICES
from surveys.responses.chosen_hearers import ChosenHearers as ChosenHearers
from surveys.responses.coded_cards import CodedCard as CodedCard
from surveys.responses.record_keys import RECORD_KEY_BITS, new_record_key
from surveys.responses.sealed import SealedJSON, SealedText


class Helper(models.TextChoices):
    """Who sat beside the respondent, and what they did."""

    ALONE = "alone", "On my own"
    READ = "read", "Someone helped me read"
    TAPPED = "tapped", "Someone tapped for me"
    CHOSE = "chose", "Someone chose for me"
    NOT_SAID = "not_said", "Not said"


class Told(models.TextChoices):
    """Whether anybody told the respondent what to say: asked last, and shown in no figure."""

    NOBODY = "nobody", "Nobody"
    SOMEBODY = "somebody", "Somebody"
    NOT_SAID = "not_said", "Not said"


class ResponseQuerySet(models.QuerySet["Response"]):
    """Ways to reach responses, named after what waits for them."""

    def awaiting_screening(self) -> ResponseQuerySet:
        """Stored, and not looked at by screening yet."""
        return self.filter(status=Response.Status.RECEIVED)

    def with_words(self) -> ResponseQuerySet:
        """Those in which something was written or drawn."""
        return self.filter(has_words=True)

    def awaiting_coding(self) -> ResponseQuerySet:
        """Past safeguarding, and not coded yet."""
        return self.filter(status=Response.Status.CLEARED)

    def done_with(self) -> ResponseQuerySet:
        """Those that are counted, or never will be: their answers go once their days are over."""
        return self.filter(status__in=(Response.Status.CODED, Response.Status.LEFT_OUT))

    def that_came_openly(self, wave: Wave, day: date) -> ResponseQuerySet:
        """Those that came to a wave on a day without a card, on paper or in a file."""
        return self.filter(wave=wave, received_on=day, came_openly=True)


class Response(models.Model):
    """All answers of one respondent to one edition."""

    class Status(models.TextChoices):
        """How far a response has travelled."""

        RECEIVED = "received", "Received"
        HELD = "held", "Held"
        CLEARED = "cleared", "Cleared"
        CODED = "coded", "Coded"
        # Of a day on which more came openly than is plausible: kept and screened as any other, and in no figure.
        ASIDE = "aside", "Put aside"
        LEFT_OUT = "left_out", "Left out"
        ERASED = "erased", "Erased"

    TRANSITIONS = {
        Status.RECEIVED: {Status.CLEARED, Status.HELD},
        Status.HELD: {Status.CLEARED},
        Status.CLEARED: {Status.CODED, Status.ASIDE, Status.LEFT_OUT},
        Status.CODED: {Status.ASIDE, Status.ERASED},
        Status.ASIDE: {Status.CLEARED, Status.LEFT_OUT},
        Status.LEFT_OUT: {Status.ERASED},
        Status.ERASED: set(),
    }

    class Privacy:
        why = "To hear what children and families say, and to make somebody safe who is not."
        kept = (
            "Answers and words go when they are coded, a person has read them, no worry about them is open and "
            "the area’s days (30 unless it says otherwise) are over. What is left lets the receipt take back "
            "what is counted."
        )
        scrub = "rows"
        personal = {
            "answers": "What the respondent chose and wrote.",
            "receipt_digest": "Keyed hash of the receipt, so that only its holder can find the response again.",
            "record_key": "Random number that moves published figures; erased with the answers.",
            "told": "Whether somebody told the respondent what to say. Never leaves the vault.",
        }
        plain = {
            "id", "wave", "edition", "area", "service", "stage", "audience", "language", "helper", "status",
            "received_on", "is_turned", "has_words", "is_read", "others_may_read", "came_openly",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+", db_index=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    language = models.CharField(max_length=10)
    helper = models.CharField(max_length=10, choices=Helper.choices, default=Helper.NOT_SAID)
    told = models.CharField(max_length=10, choices=Told.choices, default=Told.NOT_SAID)
    # Whether this respondent saw each scale from its other end: drawn once for a respondent, never for an item.
    is_turned = models.BooleanField(null=True)
    # Whether something was written or drawn, which a person reads.
    has_words = models.BooleanField(default=False)
    # Whether a person has read it, which whoever holds the receipt may know.
    is_read = models.BooleanField(default=False)
    # Whether whoever was talked with said yes to others reading their words without their name. A survey does not ask.
    others_may_read = models.BooleanField(default=False, db_default=False)
    # Whether it came by a way that anybody may take as often as they like: a poster, or the wave’s own address.
    came_openly = models.BooleanField(default=False, db_default=False)
    answers = SealedJSON()
    record_key = models.BigIntegerField(default=new_record_key)
    receipt_digest = models.BinaryField(max_length=16, db_index=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECEIVED)
    received_on = models.DateField()

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["status"],
                name="response_waiting",
                condition=models.Q(status__in=["received", "cleared"]),
            ),
            models.Index(fields=["area"], name="response_with_words", condition=models.Q(has_words=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(record_key__gte=0, record_key__lt=2**RECORD_KEY_BITS),
                name="record_key_is_32_bits",
            )
        ]

    @property
    def is_about_work(self) -> bool:
        """Whether an adult was asked about their own work: their words are screened as such."""
        return self.audience in AT_WORK


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Ways to reach what was taken back."""

    def awaiting_erasure(self) -> WithdrawalQuerySet:
        """Taken back, and what was made of it not erased yet."""
        return self.filter(response_key__isnull=False)

    def digests(self) -> Iterator[str]:
        """The keyed hash of each response that was taken back, in hexadecimal digits."""
        return (bytes(digest).hex() for digest in self.values_list("response_digest", flat=True).iterator())


class Withdrawal(models.Model):
    """That a respondent took a response back: enough to erase what was made of it, and not to store it again."""

    class Privacy:
        why = "So that what was taken back is not stored again."
        kept = "The key until the next sweep; a keyed hash for good."
        scrub = "rows"
        personal = {"response_key": "Which response it was. Erased as soon as what was made of it is."}
        plain = {"response_digest", "withdrawn_on"}

    response_digest = models.BinaryField(max_length=16, primary_key=True)
    response_key = models.UUIDField(null=True)
    withdrawn_on = models.DateField()

    objects = WithdrawalQuerySet.as_manager()


class Wanted(models.TextChoices):
    """Whom somebody asks for."""

    ADVOCATE = "advocate", "An advocate"
    LEAD = "lead", "Somebody whose job is to keep children safe"
    TRUSTED = "trusted", "An adult of their own choice"


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    """Ways to reach messages, named after what waits for them."""

    def visible_to(self, user, permission: str) -> ContactMessageQuerySet:
        """The messages of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=Area.objects.visible_to(user, permission))

    def unfinished(self) -> ContactMessageQuerySet:
        """Those in which nobody has said yet what was done."""
        return self.exclude(status=ContactMessage.Status.DONE)

    def unmixed(self) -> ContactMessageQuerySet:
        """Those not written anew yet since the day on which they came was over."""
        return self.filter(is_mixed=False)

    def awaiting_screening(self) -> ContactMessageQuerySet:
        """Those in whose words nobody has searched for danger yet."""
        return self.filter(severity=ContactMessage.Severity.NOT_SCREENED)

    def finished_by(self, day) -> ContactMessageQuerySet:
        """Those done with by this day, of which something personal is left."""
        return self.filter(done_on__lte=day).exclude(name="", reach="", words="")


class ContactMessage(models.Model):
    """That somebody wants to be contacted: a message of its own, which nothing joins to any answers.

    It has no wave, no time, and an id that has nothing to do with that of a response. Where its row stands in the
    database's files says as little: see `mix_messages`.
    """

    class Status(models.TextChoices):
        """What has been done about it."""

        WAITING = "waiting", "Waiting"
        SEEN = "seen", "Seen"
        DONE = "done", "Done"

    TRANSITIONS = {Status.WAITING: {Status.SEEN}, Status.SEEN: {Status.DONE}, Status.DONE: set()}

    class Severity(models.TextChoices):
        """What screening found in its words, the first to be read first. That it found nothing means nothing."""

        NOW = "0-now", "Now"
        NOT_SCREENED = "1-not-screened", "Not screened yet"
        SOON = "2-soon", "Soon"
        NOTHING = "3-nothing", "Nothing noticed"

    class Privacy:
        why = "To reach somebody who asks for a person."
        kept = "28 days after a lead said what was done."
        scrub = "rows"
        personal = {
            "name": "What somebody wants to be called. Erased 28 days after the message is done with.",
            "reach": "How somebody can be reached. Erased 28 days after the message is done with.",
            "words": "What it is about, if they said so. Erased 28 days after the message is done with.",
        }
        plain = {"id", "area", "wanted", "audience", "language", "sent_on", "status", "severity", "done_on", "is_mixed"}

    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    wanted = models.CharField(max_length=10, choices=Wanted.choices)
    name = SealedText(max_length=100, blank=True)
    reach = SealedText(blank=True)
    words = SealedText(blank=True)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    language = models.CharField(max_length=10)
    sent_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    severity = models.CharField(max_length=20, choices=Severity.choices, default=Severity.NOT_SCREENED)
    done_on = models.DateField(null=True)
    is_mixed = models.BooleanField(default=False)

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        # Of one day and urgency, in no order that says anything.
        ordering = ["severity", "sent_on", "pk"]
        indexes = [
            models.Index(fields=["area"], name="message_unfinished", condition=Q(status__in=["waiting", "seen"])),
            models.Index(fields=["area"], name="message_unmixed", condition=Q(is_mixed=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on=None)),
                name="message_is_done_on_a_day",
            )
        ]


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Ways to reach replies."""

    def to(self, response_key: uuid.UUID) -> ReplyQuerySet:
        """What was replied to one response, the newest first."""
        return self.filter(response_key=response_key).order_by("-number")


class Reply(models.Model):
    """What a member of staff wrote back; only the receipt leads to it, and it is deleted with the response."""

    class Privacy:
        why = "To answer somebody nobody knows."
        kept = "As long as the response; taking it back deletes it."
        scrub = "rows"
        personal = {
            "response_key": "Which stored response it replies to. Deleted with the response.",
            "text": "What a member of staff wrote back. Deleted with the response.",
            "by": "Which member of staff wrote it.",
            "read_on": "The day on which whoever holds the receipt first saw it.",
        }
        plain = {"id", "number", "on"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    response_key = models.UUIDField()
    # Counts within one response only.
    number = models.PositiveSmallIntegerField()
    text = SealedText()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    read_on = models.DateField(null=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response_key", "number"], name="reply_numbered_once")]


class PaperEntry(models.Model):
    """What the first of two people keyed of one booklet; nobody sees it again but where the second read otherwise."""

    class Privacy:
        why = "So that two people read each booklet."
        kept = "Until the second has keyed it, or the wave’s days of grace are over."
        scrub = "rows"
        personal = {
            "answers": "What the first of two people read on a booklet. Deleted once the second has keyed it.",
            "told": "Whether somebody told the respondent what to say. Deleted with the entry.",
            "number": "Written on the paper by hand, so that the two readings meet. Deleted with the entry.",
            "keyed_by": "Which member of staff read it first, because another must be the second.",
            "keyed_on": "On which day it was read first, so that it does not wait for ever. Deleted with the entry.",
        }
        plain = {"id", "wave", "edition", "language", "helper"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=10)
    helper = models.CharField(max_length=10, choices=Helper.choices, default=Helper.NOT_SAID)
    told = models.CharField(max_length=10, choices=Told.choices, default=Told.NOT_SAID)
    answers = SealedJSON()
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    keyed_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "number"], name="paper_entry_once_in_a_wave")]


class KeyInUse(models.Model):
    """That words in this database are sealed under a key: its id, never the key."""

    class Privacy:
        personal = {}
        plain = {"id"}

    id = models.CharField(primary_key=True, max_length=12)

    class Meta:
        verbose_name_plural = "keys in use"
