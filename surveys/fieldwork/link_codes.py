"""Codes of posters and cards: what a child can type, nobody can guess, and nobody can take for a word."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

# Letters and digits that cannot be taken for one another when read aloud or typed by a child, and no vowels, so that
# no code is a rude word.
UNAMBIGUOUS = "bcdfghjkmnpqrstvwxz23456789"
LINK_CODE_LENGTH = 8
# A card's code is a right: with 27 characters in ten places, ten guesses a second for a month meet one of ten thousand
# cards with a chance of one in a thousand.
CARD_CODE_LENGTH = 10
LONGEST_TYPED = 16
# With a million cards two of them have the same number with a chance of one in two; an area has thousands.
SERIAL_DIGITS = 12


def new_link_code() -> str:
    """A code nobody can guess and a child can type."""
    return "".join(secrets.choice(UNAMBIGUOUS) for _ in range(LINK_CODE_LENGTH))


def new_card_code() -> str:
    """A code nobody can guess in years, and a child can still type."""
    return "".join(secrets.choice(UNAMBIGUOUS) for _ in range(CARD_CODE_LENGTH))


def plain_code(typed: str) -> str:
    """The code as a child may have typed it: spaces, capitals and dashes make no difference."""
    return "".join(c for c in typed.lower() if c.isalnum())[:LONGEST_TYPED]


def card_digest(code: str) -> bytes:
    """What is kept of a card's code: a keyed hash, from which nobody can print the card again."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"card\0" + plain_code(code).encode(), hashlib.sha256)


def later_digest(code: str) -> bytes:
    """What is kept of the code of a card that works twice, for its second time: a hash that is not like the first."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"card after\0" + plain_code(code).encode(), hashlib.sha256)


def card_serial(code: str) -> str:
    """The number printed on a card beside its code, which finds the card again and answers nothing: twelve digits.

    It is drawn from the code with the installation's secret, so it is stored nowhere with the card, does not lead to
    the code, and stays the same as long as the card works.
    """
    drawn = hmac.digest(settings.SECRET_KEY.encode(), b"serial\0" + plain_code(code).encode(), hashlib.sha256)
    digits = f"{int.from_bytes(drawn) % 10**SERIAL_DIGITS:0{SERIAL_DIGITS}}"
    return " ".join(digits[n : n + 4] for n in range(0, SERIAL_DIGITS, 4))
