"""Naming what gets in the way from the desk: whoever does it is signed in, and nothing says who did."""

from __future__ import annotations

import uuid

from surveys.frame.models import Area
from surveys.responses.blockage_actions import LONGEST_NAMED, Named, name_blockage
from surveys.responses.blockages import Namer

__all__ = ["LONGEST_NAMED", "name_at_desk"]


def name_at_desk(area: Area, words: str, *, sent_as: uuid.UUID) -> None:
    """Keeps what a member of staff names, as if it had come from the open page; who may, the desk has asked."""
    name_blockage(area, Named(words, Namer.STAFF), sent_as=sent_as, most=None)
