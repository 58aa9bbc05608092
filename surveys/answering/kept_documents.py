"""Documents of surveys as this process made them a moment ago, zipped and not, because they are the same for everybody.

A class opens one survey in one minute, and making its document takes twenty times as long as storing an answer. No
answer, no word of a respondent and nothing about one is ever in a document.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.http import HttpRequest
from django.middleware.gzip import re_accepts_gzip

from surveys.fieldwork.models import Wave
from surveys.frame.models import Area

# So long another name of an area may take to be seen, on top of what browsers keep anyway.
SECONDS = 30.0
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


def document_of(wave: Wave, language: str, *, make: Callable[[], bytes]) -> Document:
    """The document of a wave in a language: the one of a moment ago, or one that is made now.

    A wave that is given another edition or moved to another area, and an area whose numbers for help change, have
    another document at once.
    """
    key = (wave.pk, wave.code, wave.edition_id, wave.area_id, language, *_numbers_of(wave.area))
    with _lock:
        found = _kept.get(key)
    if found is None or found.until < monotonic():
        found = Document.of(make(), monotonic() + SECONDS)
        with _lock:
            _kept[key] = found
            _kept.move_to_end(key)
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return found


def _numbers_of(area: Area | None) -> Iterator[tuple]:
    """Whom to call is asked each time: a number that is wrong must not stand there for a moment longer."""
    yield from area.help_numbers.values_list() if area else ()


def forget() -> None:
    """Makes everything anew, for a process whose database was exchanged under it."""
    with _lock:
        _kept.clear()
