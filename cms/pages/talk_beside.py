"""The newest of what was said in focus groups and interviews, for the page on which the figures stand."""

from __future__ import annotations

from typing import Any

from feedback.releases.talk import ToldTalks, talks_of
from surveys.frame.models import Area

# So many themes stand beside figures; the page of its own has all of them.
FEW_THEMES = 3


def talk_beside_figures(area: Area | None) -> dict[str, Any]:
    """The newest of the talks of an area; all areas together have none."""
    found: list[ToldTalks] = talks_of(area) if area else []
    newest = found[0] if found else None
    themes = newest.themes if newest else ()
    more = len(found) > 1 or len(themes) > FEW_THEMES
    return {"told_talk": newest, "few_talk_themes": themes[:FEW_THEMES], "more_talk": more}
