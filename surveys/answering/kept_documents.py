"""Documents of surveys as this process made them a moment ago, zipped and not, because they are the same for everybody.

A class opens one survey in one minute, and making its document takes twenty times as long as storing an answer. No
answer, no word of a respondent and nothing about one is ever in a document.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.http import HttpRequest
from django.middleware.gzip import re_accepts_gzip

from surveys.answering.first_question import asked

# So long another name of an area may take to be seen, on top of what browsers keep anyway.
SECONDS = 30.0
# Whether somebody may begin, with what, where, in which languages, and whom to call.
STATE_OF = """
SELECT wave.id, wave.edition_id, wave.area_id, wave.status, CAST(area.languages AS text),
    number.id, number.name, number.number, number.hours, number.readers, number.position
FROM fieldwork_wave wave
LEFT JOIN frame_area area ON area.id = wave.area_id
LEFT JOIN frame_helpnumber number ON number.area_id = wave.area_id
WHERE wave.code = %s ORDER BY number.position, number.id
"""
# A few hundred surveys and languages at most, some 50 KB each; the oldest goes first.
MOST = 200


@dataclass(frozen=True)
class Document:
    """One document, in both forms in which it goes out."""

    content: bytes
    zipped: bytes
    etag: str
    until: float

    @classmethod
    def of(cls, content: bytes, until: float) -> Document:
        """What is kept of a document that was just made."""
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        # Without a name or a time in it, so that it is the same whoever makes it.
        return cls(content, gzip.compress(content, compresslevel=6, mtime=0), etag, until)


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether whoever asks can unzip what they get; the same rule by which everything else is zipped."""
    return re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None


_kept: OrderedDict[tuple, Document] = OrderedDict()
_lock = Lock()


def document_of(code: str, language: str, *, make: Callable[[], bytes]) -> Document:
    """The document of an address in a language: the one of a moment ago, or one that is made now.

    A wave that is closed, given another edition or moved to another area, and an area that offers other languages or
    has other numbers for help, has no document here, and `make` is asked, which refuses what must not be shown.
    """
    key = (code, language, _state_of(code))
    with _lock:
        found = _kept.get(key)
    if found is None or found.until < monotonic():
        found = Document.of(make(), monotonic() + SECONDS)
        # What changed while it was made is in one of them and not in the other.
        if _state_of(code) == key[-1]:
            _keep(key, found)
    return found


def _keep(key: tuple, document: Document) -> None:
    with _lock:
        _kept[key] = document
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _state_of(code: str) -> tuple[tuple, ...]:
    """What decides on the document of an address, asked each time: a wrong number must not stand there for a moment."""
    return tuple(asked(STATE_OF, code))


def forget() -> None:
    """Makes everything anew, for a process whose database was exchanged under it."""
    with _lock:
        _kept.clear()
