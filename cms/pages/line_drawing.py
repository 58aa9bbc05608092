"""How the share of an answer is drawn; said again in words beside each drawing, so nobody needs to see it.

A page draws a hundred of them and more, so they are written here and not by a template: there is nothing in them but
whole numbers of our own.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from feedback.releases.service_information import Line

TICKS = "".join(f'<line class="tick" x1="{at}" x2="{at}" y1="20%" y2="80%"/>' for at in ("0", "50%", "100%"))
AXIS = f'<line class="axis" x1="0" x2="100%" y1="50%" y2="50%"/>{TICKS}'


def line_drawn(line: Line, band: Line | None = None) -> SafeString:
    """A dot with its two ranges from 0 to 100 %, over the likely range of everybody where there is one."""
    parts = ['<svg class="dots" aria-hidden="true" focusable="false">']
    if band is not None and band.low_all is not None:
        parts.append(f'<rect class="band" x="{band.low_all}%" y="0" width="{band.span}%" height="100%"/>')
    parts.append(AXIS)
    if line.beyond:
        parts.append(_across("beyond", *line.beyond))
    if line.low_all is not None:
        parts += [_across("likely", line.low_all, line.high_all), _across("adjusted", line.low, line.high)]
    if line.bar is not None:
        parts.append(f'<circle class="dot" cx="{line.bar}%" cy="50%" r="7"/>')
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 - whole numbers of our own


def _across(name: str, begin: int | None, end: int | None) -> str:
    return f'<line class="{name}" x1="{begin}%" x2="{end}%" y1="50%" y2="50%"/>'


def bar_drawn(line: Line) -> SafeString:
    """A bar with the likely range over it, for a report; nothing where the share is only *under*, *over* or a word."""
    if line.bar is None:
        return SafeString("")
    likely = "" if line.low_all is None else f'<span class="r-range x{line.low_all} w{line.span}"></span>'
    track = f'<span class="r-track" aria-hidden="true"><span class="r-fill w{line.bar}"></span>{likely}</span>'
    return mark_safe(track)  # noqa: S308 - whole numbers of our own
