"""Record keys: one per response, never shown, deleted with it."""

from __future__ import annotations

import secrets

RECORD_KEY_BITS = 32


def new_record_key() -> int:
    """The random number that decides, together with others, how a published figure is moved."""
    return secrets.randbits(RECORD_KEY_BITS)
