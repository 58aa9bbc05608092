"""Drawings: strokes on a square of 512 by 512, as a compact text that no database or browser can misunderstand.

A stroke is `Mx,yldx,dy dx,dy` in whole steps: an absolute beginning, then relative steps with one space between. The
device simplifies the strokes before it sends them; here only the form and the size are checked, and the picture is
written by us, never by the device.
"""

from __future__ import annotations

import re

from surveys.instrument.sentences import InvalidAnswer

SIDE = 512
LONGEST_DRAWING = 20_000
_STEP = r"-?\d{1,3},-?\d{1,3}"
# With exactly one way to read each character, so that no crafted text keeps the matching busy.
_STROKE = rf"M\d{{1,3}},\d{{1,3}}l{_STEP}(?: {_STEP})*"
_DRAWING = re.compile(rf"(?:{_STROKE})+\Z")


class BadDrawing(InvalidAnswer):
    """Raised for strokes that are not a drawing; the message is for the respondent."""


def valid_strokes(value: object) -> str:
    """The strokes as they are kept. `value` is whatever a device sent; BadDrawing if it is no drawing, or too large."""
    if not isinstance(value, str) or not value:
        raise BadDrawing("Please draw again. The drawing did not arrive whole.")
    if len(value) > LONGEST_DRAWING:
        raise BadDrawing("This drawing is too big to send. Please draw it with fewer lines.")
    if not _DRAWING.match(value):
        raise BadDrawing("Please draw again. The drawing did not arrive whole.")
    return value


def in_no_order(strokes: str) -> str:
    """The same picture without the order in which its strokes were drawn; BadDrawing if they are no drawing."""
    return "".join(sorted(re.findall(r"M[^M]+", valid_strokes(strokes))))


def as_svg_path(strokes: str) -> str:
    """The `d` of a path that shows the strokes: the same characters, checked once more; BadDrawing if they are not."""
    return valid_strokes(strokes)
