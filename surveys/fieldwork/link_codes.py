"""Codes of posters: what a child can type, and nobody can guess."""

from __future__ import annotations

import secrets

# Letters and digits that cannot be taken for one another when read aloud or typed by a child.
UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789"
LINK_CODE_LENGTH = 8


def new_link_code() -> str:
    """A code nobody can guess and a child can type."""
    return "".join(secrets.choice(UNAMBIGUOUS) for _ in range(LINK_CODE_LENGTH))
