"""What was said in focus groups and interviews, as everybody reads it: talk, tagged as talk, and in no figure."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feedback.anonymisation.telling_talk import TalkKind, TellableText, TellableWindow, tellable_talk
from feedback.disclosure.periods import Quarter
from feedback.releases.missing import YOUNGEST
from feedback.releases.service_information import AUDIENCES
from surveys.bank.themes import Theme
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

FROM = {
    TalkKind.FOCUS_GROUP.value: "From a focus group",
    TalkKind.INTERVIEW.value: "From an interview",
    # Where to say which of them would say too much.
    "": "From a focus group or an interview",
}


@dataclass(frozen=True)
class ShownTalk:
    """One thing that was said, as anybody reads it: where it is from, and an age where that may be said."""

    words: str
    said_in: str
    audience: str
    language: str
    # The same as codes, for pages that say it in other languages; blank where it may not be said.
    kind: str
    band: str


@dataclass(frozen=True)
class TalkTheme:
    """What was said about one theme: as facilitators tell it, and in people’s own words."""

    name: str
    code: str
    lines: tuple[ShownTalk, ...]
    quotes: tuple[ShownTalk, ...]


@dataclass(frozen=True)
class ToldTalks:
    """What was said until the end of a quarter, and how many took part at least: never the number."""

    until: str
    last_month: date
    at_least: int
    themes: tuple[TalkTheme, ...]


def talks_of(area: Area) -> list[ToldTalks]:
    """What everybody may read of the focus groups and interviews of an area now, the newest first."""
    return [_told(window) for window in tellable_talk(area)]


def _told(window: TellableWindow) -> ToldTalks:
    last = Quarter.parse(window.until)
    themes = tuple(
        _theme(theme, [text for text in window.texts if text.theme == theme])
        for theme in Theme.values
        if any(text.theme == theme for text in window.texts)
    )
    return ToldTalks(
        f"{month_name[last.number * 3]} {last.year}", date(last.year, last.number * 3, 1), window.at_least, themes
    )


def _theme(theme: str, texts: Iterable[TellableText]) -> TalkTheme:
    shown = [(text.is_line, _shown(text)) for text in texts]
    lines = tuple(one for is_line, one in shown if is_line)
    return TalkTheme(str(Theme(theme).label), theme, lines, tuple(one for is_line, one in shown if not is_line))


def _shown(text: TellableText) -> ShownTalk:
    who = {Audience.AGE_4_5.value: YOUNGEST, **AUDIENCES}.get(text.audience, "") if text.audience else ""
    return ShownTalk(text.words, FROM[text.kind], who, text.language, text.kind, text.audience)
