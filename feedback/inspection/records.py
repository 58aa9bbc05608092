"""The record of a draw as a signed file: what was done, how sure it is, and by which marks it is known again."""

from __future__ import annotations

import json
from typing import Any

from django.core.signing import BadSignature, Signer

from feedback.inspection.models import InspectionSample
from feedback.inspection.population import make
from feedback.inspection.sampling import NoSample, written

SALT = "feedback.inspection.draw"
LONGEST = 1024 * 1024


class NotOurs(ValueError):
    """Raised when a file is no record of ours, or not as it was; the message says what is wrong."""


def record_of(sample: InspectionSample) -> dict[str, Any]:
    """The record of a sample with the day on which it was drawn first; no answer and nobody's name is in it."""
    return {**sample.record, "drawn_on": sample.drawn_on.isoformat()}


def signed(sample: InspectionSample) -> bytes:
    """The record and its signature, as a file."""
    record = record_of(sample)
    content = {"record": record, "signature": Signer(salt=SALT).signature(written(record).decode())}
    return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"


def verified(content: bytes) -> dict[str, Any]:
    """The record in a file, if this site signed it and nobody changed it since. Raises NotOurs."""
    if len(content) > LONGEST:
        raise NotOurs("The file is far longer than any record.")
    try:
        found = json.loads(content)
        record, signature = found["record"], found["signature"]
        Signer(salt=SALT).unsign(f"{written(record).decode()}:{signature}")
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotOurs("The file is no record of a draw.") from problem
    except BadSignature as problem:
        raise NotOurs("The signature does not fit: the record was changed, or another site made it.") from problem
    return record


def is_stored(record: dict[str, Any]) -> bool:
    """Whether a verified record is the one of a sample that is still known here."""
    return any(record_of(sample) == record for sample in _samples(record))


def _samples(record: dict[str, Any]):
    return InspectionSample.objects.filter(area__code=record["area"], year=record["year"]).select_related("area")


def can_be_drawn_again(record: dict[str, Any]) -> bool:
    """Whether the record's sample, drawn now, is the same byte for byte; nothing of it is stored or shown."""
    for sample in _samples(record):
        try:
            return make(sample.area, sample.year, record=sample.record).record == sample.record
        except NoSample:
            return False
    return False
