"""What somebody read aloud. A recording is named by its content, so what is at its address never changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Recording:
    """One recording: the hash of its content, and how much a phone has to fetch."""

    sha256: str
    bytes: int

    @property
    def is_whole(self) -> bool:
        """Whether it names a file that can be there."""
        return bool(SHA256.match(self.sha256)) and self.bytes > 0


Audio = Mapping[str, Recording]


def write_audio(audio: Audio) -> dict[str, Any]:
    """The recordings of one text by language, as plain JSON values."""
    return {language: {"sha256": one.sha256, "bytes": one.bytes} for language, one in audio.items()}


def read_audio(written: Mapping[str, Any]) -> Audio:
    """The recordings of one text by language."""
    return {language: Recording(one["sha256"], one["bytes"]) for language, one in written.items()}
