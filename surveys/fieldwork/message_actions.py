"""Telling everybody of a wave something, and taking it back: what stands under every receipt."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from surveys.fieldwork.messages import WaveMessage
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed

TELL = "fieldwork.tell_wave"
LONGEST_MESSAGE = 1000


@transaction.atomic
def tell_wave(wave: Wave, *, text: str, by) -> WaveMessage:
    """Leaves a message for everybody who answers in a wave. Nobody can change it afterwards: it may have been read."""
    _begin(wave, by)
    words, today = _readable(text, "Write what everybody is to read."), timezone.localdate()
    last = WaveMessage.objects.of(wave).first()
    # Pressed twice: it cannot be changed, so it must not be there twice.
    if last is not None and (last.text, last.on, last.withdrawn_on) == (words, today, None):
        return last
    number = last.number + 1 if last else 1
    message = WaveMessage.objects.create(wave=wave, number=number, text=words, by=by, on=today)
    log(wave, "fieldwork.tell_wave", user=by)
    return message


@transaction.atomic
def take_message_back(wave: Wave, number: int, *, correction: str, by) -> None:
    """Shows a message no more, and in its place what is right; whoever had read it finds that."""
    _begin(wave, by)
    message = WaveMessage.objects.of(wave).filter(number=number).first()
    if message is None or message.withdrawn_on:
        raise NotAllowed("This message has been taken back already.")
    message.correction = _readable(correction, "Write what is right instead: whoever read the message will read this.")
    message.withdrawn_on = timezone.localdate()
    message.save(update_fields=["correction", "withdrawn_on"])
    log(wave, "fieldwork.take_message_back", user=by)


def _begin(wave: Wave, by) -> None:
    """Checks who it is; two at the same moment come one after the other."""
    if not by.has_perm(TELL, wave):
        raise PermissionDenied("You have no role in this area that lets you do this.")
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())
    if wave.status == Wave.Status.PLANNED:
        raise NotAllowed("Nobody has answered in this wave yet. Open it first.")


def _readable(text: str, if_empty: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not lines:
        raise NotAllowed(if_empty)
    if len(lines) > LONGEST_MESSAGE:
        raise NotAllowed(f"This is too long for somebody to read on a phone: use at most {LONGEST_MESSAGE} letters.")
    return lines
