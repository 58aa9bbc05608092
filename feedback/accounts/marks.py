"""What ties the sessions of an account together."""

from __future__ import annotations

import secrets


def fresh_mark() -> str:
    """What a session must carry to go on; a new one ends every session of an account."""
    return secrets.token_urlsafe(16)
