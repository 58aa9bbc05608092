"""The drawings on cards: our own, flat, under 600 bytes each, decoration beside words that say the same."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from surveys.answering.drawings import drawing
from surveys.instrument.pictures import THINGS

# The classes m, c, l, p and i are marigold, clay, leaf, sea and ink of the style sheet, s a line of ink, f paper.
_RINGS = (
    '<circle class="l" cx="24" cy="24" r="22"/><circle class="m" cx="24" cy="24" r="15"/>'
    '<circle class="f" cx="24" cy="24" r="9"/>'
)
_MIDDLE = '<circle class="c" cx="24" cy="21" r="3"/><path class="p" d="M18 30q0-6 6-6t6 6z"/>'
_LADDER = (
    '<path class="l" d="M1 47q10-9 23-8t23 8z"/><path class="c" d="M14 44 17 3h3l-3 41zM31 44 28 3h3l3 41z"/>'
    '<path class="s" d="M17 8h13M17 12h14M17 16h14M17 20h14M16 24h16M16 28h16M16 32h16M16 36h16M15 40h17"/>'
    '<circle class="m" cx="40" cy="10" r="5"/>'
)
_INNER = {
    "place_good": '<circle class="m" cx="37" cy="11" r="7"/><path class="l" d="M2 46q6-16 22-15t22 3v12z"/>'
    '<path class="m" d="M11 22h20v18H11z"/><path class="c" d="M7 24 21 9l14 15z"/>'
    '<path class="f" d="M18 29h7v11h-7z"/>',
    "place_worry": '<path class="l" d="M2 46q6-16 22-15t22 3v12z"/><path class="p" d="M11 24h20v16H11z"/>'
    '<path class="i" d="M7 26 21 12l14 14z"/><path class="f" d="M18 30h7v10h-7z"/>'
    '<path class="m" d="M30 16q-6 0-5-5t5-4q2-6 8-5t5 5q4 1 4 5t-5 4z"/>',
    "place_wish": '<path class="l" d="M2 46q6-16 22-15t22 3v12z"/><path class="c" d="M11 24h20v16H11z"/>'
    '<path class="p" d="M7 26 21 12l14 14z"/><path class="f" d="M18 30h7v10h-7z"/>'
    '<path class="m" d="m38 3 3 6 6 1-4 4 1 6-6-3-6 3 1-6-4-4 6-1z"/>',
    "ladder": _LADDER,
    "safe_path": '<path class="l" d="M0 47q8-30 24-27t24 4v23z"/>'
    '<path class="m" d="M8 47q2-9 14-11t8-7-2-7l5-1q-2 4 3 8t-8 10-8 8z"/>'
    '<path class="p" d="M24 10h14v11H24z"/><path class="c" d="m20 12 11-9 11 9z"/>'
    '<path class="f" d="M29 14h5v7h-5z"/>',
    "circles": _RINGS + _MIDDLE,
    "circle_close": _RINGS + '<circle class="c" cx="20" cy="21" r="3"/><path class="p" d="M15 30q0-6 5-6t5 6z"/>'
    '<circle class="i" cx="28" cy="21" r="3"/><path class="i" d="M23 30q0-6 5-6t5 6z"/>',
    "circle_further": _RINGS + _MIDDLE
    + '<circle class="i" cx="39" cy="10" r="3"/><path class="i" d="M34 19q0-6 5-6t5 6z"/>',
    "circle_closer": _RINGS + _MIDDLE
    + '<circle class="i" cx="39" cy="9" r="3"/><path class="i" d="M34 18q0-6 5-6t5 6z"/>'
    '<path class="s" d="m38 21-7 6v-6m0 6h6"/>',
    "circle_away": _RINGS + _MIDDLE
    + '<circle class="i" cx="32" cy="11" r="3"/><path class="i" d="M27 20q0-6 5-6t5 6z"/>'
    '<path class="s" d="m37 12 8-7h-6m6 0v6"/>',
    "ladder_holds": _LADDER + '<circle class="c" cx="24" cy="23" r="3"/><path class="p" d="M18 32q0-6 6-6t6 6z"/>',
    "ladder_higher": _LADDER + '<circle class="c" cx="24" cy="27" r="3"/><path class="p" d="M18 36q0-6 6-6t6 6z"/>'
    '<path class="s" d="M8 32V14m-4 5 4-5 4 5"/>',
    "question": '<path class="m" d="M6 6h36q4 0 4 4v22q0 4-4 4H24l-11 9 2-9H6q-4 0-4-4V10q0-4 4-4z"/>'
    '<path class="s" d="M18 16q1-6 6-6t6 5q0 4-4 5t-2 4"/><circle class="i" cx="24" cy="30" r="2"/>',
    "storm": '<path class="p" d="M13 27q-9 0-8-8t8-7q3-9 12-8t9 8q8 0 8 7t-8 8z"/>'
    '<path class="m" d="m22 24-7 12h6l-3 10 12-14h-7l6-8z"/>',
    "weather": '<circle class="m" cx="16" cy="15" r="9"/>'
    '<path class="l" d="M17 33q-8 0-7-7t7-7q3-8 11-7t8 7q8 0 8 7t-7 7z"/>'
    '<path class="s" d="m18 37-2 6M27 37l-2 6M36 37l-2 6"/>',
    "sprout": '<path class="c" d="M12 33h24l-4 13H16z"/><path class="s" d="M24 33V17"/>'
    '<path class="l" d="M24 21Q9 22 7 7q16-1 17 14z"/><path class="m" d="M24 25q1-15 17-16-1 15-17 16z"/>',
    "steps": '<path class="l" d="M2 46V36h12v-9h12v-9h12V9h8v37z"/><circle class="c" cx="20" cy="12" r="4"/>'
    '<path class="p" d="M13 27q0-10 7-10t7 10z"/>',
    "pencil": '<path class="s" d="M4 44q8-5 14-1t14-1 12 0"/><path class="m" d="m12 28 20-22 8 7-20 22z"/>'
    '<path class="f" d="m12 28 8 7-10 4z"/><path class="c" d="m32 6 3-3q5 1 8 7l-3 3z"/>',
}  # fmt: skip
CARD_PICTURES = (*_INNER, *THINGS)


def card_drawing(name: str) -> SafeString:
    """The drawing of a card as inline SVG, hidden from screen readers; nothing for a name that is none of ours."""
    if name not in _INNER:
        return drawing(name)
    # Only our own strings, chosen by name.
    return mark_safe(f'<svg class="pic" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{_INNER[name]}</svg>')  # noqa: S308
