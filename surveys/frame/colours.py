"""Whether words in a colour can be read: the contrast of WCAG 2, level AA."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

HEX = re.compile(r"#[0-9a-f]{6}\Z")
# What an accent stands on, as words and under white words: our two papers (tokens.css).
PAPERS = ("#fbf7f0", "#ffffff")
ENOUGH = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def check_accent(colour: str) -> None:
    """Refuses what is no colour, and a colour in which words on our pages could not be read by everybody."""
    if not HEX.match(colour):
        raise ValidationError("Write the colour like #0b5c73: # and six of the signs 0-9 and a-f.")
    found = min(contrast(colour, paper) for paper in PAPERS)
    if found < ENOUGH:
        raise ValidationError(
            f"Words in {colour} cannot be read by everybody: its contrast with our pages is {found:.1f} to 1, and "
            f"WCAG AA asks for {ENOUGH} to 1. Choose a darker one."
        )
