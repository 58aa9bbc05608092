"""Our own drawings for answers: flat, under 600 bytes each, decoration beside words that say the same.

Faces are mouth and eyes only. No colour means good or bad: every face has the same paper and ink, and things take the
colours of the house by turns. The classes m, c, l, p and i are marigold, clay, leaf, sea and ink of the style sheet.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from surveys.instrument.pictures import PICTURES

_EYES = '<circle class="i" cx="17" cy="19" r="3"/><circle class="i" cx="31" cy="19" r="3"/>'
_FACE = '<circle class="f" cx="24" cy="24" r="21"/>' + _EYES


def _face(mouth: str) -> str:
    return f'{_FACE}<path class="s" d="{mouth}"/>'


_INNER = {
    "very_happy": _FACE + '<path class="i" d="M12 27h24q-2 11-12 11t-12-11z"/>',
    "happy": _face("M14 29q10 9 20 0"),
    "middle": _face("M15 31h18"),
    "unhappy": _face("M14 34q10-8 20 0"),
    "very_unhappy": _FACE + '<path class="i" d="M12 37q2-10 12-10t12 10z"/>',
    "ear": '<path class="c" d="M14 20q0-15 13-15t12 14q-1 8-7 11-4 3-4 8t-6 5q-5-1-5-7z"/>'
    '<path class="s" d="M20 20q1-8 7-8t6 8q-1 5-6 6"/>',
    "hand": '<path class="m" d="M12 44V26l-5-8q3-4 6 0l3 4V8q3-4 6 0v11-14q3-4 6 0v14-11q3-4 6 0v14q3-6 6-2l-5 14'
    '-5 10z"/>',
    "house": '<path class="m" d="M10 24h28v20H10z"/><path class="c" d="M5 25 24 7l19 18z"/>'
    '<path class="p" d="M20 31h8v13h-8z"/>',
    "door_open": '<path class="m" d="M10 5h28v40H10z"/><path class="f" d="M14 9h20v36H14z"/>'
    '<path class="p" d="m14 9 13 6v34l-13-4z"/><circle class="i" cx="23" cy="29" r="2"/>',
    "door_closed": '<path class="m" d="M10 5h28v40H10z"/><path class="p" d="M14 9h20v36H14z"/>'
    '<circle class="i" cx="29" cy="28" r="2"/>',
    "sun": '<circle class="m" cx="24" cy="24" r="11"/>'
    '<path class="s" d="M24 3v6M24 39v6M3 24h6M39 24h6M9 9l4 4M35 35l4 4M39 9l-4 4M13 35l-4 4"/>',
    "cloud": '<path class="l" d="M13 37q-10 0-9-9t9-8q2-11 12-10t10 9q9 0 9 9t-9 9z"/>',
    "rain": '<path class="l" d="M13 28q-9 0-8-8t8-7q3-9 12-8t9 8q8 0 8 7t-8 8z"/>'
    '<path class="s" d="m14 33-3 9M24 33l-3 9M34 33l-3 9"/>',
    "star": '<path class="m" d="m24 4 6 13 14 1-11 10 4 15-13-8-13 8 4-15L4 18l14-1z"/>',
    "heart": '<path class="c" d="M24 43Q4 29 5 17 7 6 16 6q6 0 8 7 2-7 8-7 9 0 11 11 1 12-19 26z"/>',
    "clock": '<circle class="f" cx="24" cy="24" r="20"/><path class="s" d="M24 12v12l8 6"/>',
    "speech": '<path class="p" d="M6 8h36q3 0 3 4v18q0 4-4 4H24l-11 10 2-10H7q-4 0-4-4V12q0-4 3-4z"/>',
    "ball": '<circle class="c" cx="24" cy="24" r="19"/><path class="s" d="M5 24h38M24 5q14 19 0 38M24 5q-14 19 0 38"/>',
    "book": '<path class="l" d="M4 10q12-4 20 2v30q-8-6-20-2z"/><path class="m" d="M44 10q-12-4-20 2v30q8-6 20-2z"/>',
    "path": '<path class="l" d="M3 44q4-22 21-22t21 22z"/><path class="m" d="M20 44q12-6 4-11t6-11q6 6-1 10t3 12z"/>',
    "hill": '<path class="m" d="M3 42q10-24 20-12t22-14v26z"/><circle class="c" cx="33" cy="11" r="6"/>',
    "one_person": '<circle class="c" cx="24" cy="14" r="9"/><path class="p" d="M8 45q1-20 16-20t16 20z"/>',
    "two_people": '<circle class="c" cx="15" cy="17" r="7"/><path class="p" d="M3 45q1-19 12-19t12 19z"/>'
    '<circle class="m" cx="34" cy="13" r="8"/><path class="l" d="M22 45q0-22 12-22t12 22z"/>',
    "many_people": '<circle class="m" cx="10" cy="20" r="6"/><path class="l" d="M1 45q0-18 9-18t9 18z"/>'
    '<circle class="c" cx="38" cy="20" r="6"/><path class="l" d="M29 45q0-18 9-18t9 18z"/>'
    '<circle class="c" cx="24" cy="13" r="8"/><path class="p" d="M12 45q0-22 12-22t12 22z"/>',
}  # fmt: skip


def drawing(name: str) -> SafeString:
    """The drawing of a picture's name as inline SVG, hidden from screen readers; nothing for an option without one."""
    if name not in PICTURES:
        return mark_safe("")
    inner = _INNER[name]
    # Only our own strings, chosen by name.
    return mark_safe(f'<svg class="pic" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{inner}</svg>')  # noqa: S308


def _scene(inner: str) -> SafeString:
    # Only our own strings.
    return mark_safe(f'<svg class="art" viewBox="0 0 120 40" aria-hidden="true" focusable="false">{inner}</svg>')  # noqa: S308


_LADYBIRD = (
    '<path class="l" d="M0 40q20-26 60-22t60-14v36z"/><circle class="i" cx="45" cy="17" r="5"/>'
    '<path class="c" d="M42 28q2-15 17-15t17 15z"/><path class="s" d="M59 13v15M42 12l-3-5M47 11l2-5"/>'
    '<path class="l" d="M60 30q3-22 34-24-3 22-34 24z"/>'
)
_ENVELOPE = (
    '<path class="l" d="M0 40q30-14 60-6t60-10v16z"/><path class="p" d="M36 8h48v26H36z"/>'
    '<path class="f" d="M36 8h48L60 25z"/>'
)
_TOGETHER = (
    '<path class="l" d="M0 40q30-20 60-8t60-12v20z"/><circle class="c" cx="48" cy="12" r="7"/>'
    '<path class="p" d="M34 40q1-19 14-19t14 19z"/><circle class="m" cx="72" cy="18" r="6"/>'
    '<path class="c" d="M60 40q1-14 12-14t12 14z"/>'
)
_BUBBLES = (
    '<path class="p" d="M22 6h44q4 0 4 4v14q0 4-4 4H42l-9 8 1-8H22q-4 0-4-4V10q0-4 4-4z"/>'
    '<path class="m" d="M78 14h22q4 0 4 4v9q0 4-4 4h-3l1 6-8-6H78q-4 0-4-4v-9q0-4 4-4z"/>'
)
_SCENES = {"who": _TOGETHER, "practice": _LADYBIRD, "told": _BUBBLES, "send": _ENVELOPE}


def scene(name: str) -> SafeString:
    """The picture of a screen around the questions, hidden from screen readers; KeyError if there is none."""
    return _scene(_SCENES[name])
