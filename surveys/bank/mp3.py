"""What an MP3 is made of, frame by frame. Sound is kept; names, places and dates that a recorder adds are not.

MP3, because it is the one format that the oldest phones still in use play. Only frames are copied, so nothing else can
come along: no tag before or after them, no picture, and no other file in disguise.
"""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 300 * 1024
# About a quarter of a second; no word is shorter, and no other file has as many frames in a row by chance.
FEWEST_FRAMES = 8
KBITS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
HERTZ = {1: (44100, 48000, 32000), 2: (22050, 24000, 16000)}
VERSIONS = {3: 1, 2: 2}
LAYER_3 = 1
MONO = 3
TAGS_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3", b"3DI")


class NotARecording(ValueError):
    """Raised when a file cannot be a recording; the message is for the person who uploads it."""


@dataclass(frozen=True)
class _Frame:
    """The head of one frame."""

    version: int
    hertz: int
    length: int
    is_mono: bool

    @property
    def kind(self) -> tuple[int, int]:
        """What is the same in every frame of a file."""
        return self.version, self.hertz


def sound_of(data: bytes) -> bytes:
    """The frames of an MP3 and nothing else; NotARecording if it is none, too large, cut off, or more than that."""
    if len(data) > LARGEST:
        raise NotARecording(f"This is larger than {LARGEST // 1024} KB. Record in mono, at 32 kbit/s or less.")
    frames, end = _frames(data, begin := _after_tags(data))
    if frames < FEWEST_FRAMES:
        raise NotARecording("This is not an MP3 recording. Export it as MP3, with 16,000 Hz or more.")
    if frames < _stated(data, begin):
        raise NotARecording("This recording is cut off. Export it, or upload it, again.")
    behind = data[end:]
    if behind.strip(b"\0") and not behind.startswith(TAGS_BEHIND):
        raise NotARecording("This recording is cut off, or more than sound is in its file. Export it again as MP3.")
    return data[begin:end]


def _after_tags(data: bytes) -> int:
    """Where the sound begins, behind the tags of ID3 version 2."""
    at = 0
    while data[at : at + 3] == b"ID3" and len(data) >= at + 10:
        size = 0
        for byte in data[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        has_footer = data[at + 5] & 0x10
        at += 10 + size + (10 if has_footer else 0)
    return at


def _frames(data: bytes, begin: int) -> tuple[int, int]:
    """How many whole frames of one kind follow each other, and where they end."""
    count, at, kind = 0, begin, None
    while frame := _frame(data[at : at + 4]):
        if at + frame.length > len(data) or kind not in {None, frame.kind}:
            break
        count, at, kind = count + 1, at + frame.length, frame.kind
    return count, at


def _frame(head: bytes) -> _Frame | None:
    """The frame that begins with these four bytes, if one does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = VERSIONS.get(head[1] >> 3 & 3), head[1] >> 1 & 3
    rate, speed = head[2] >> 4, head[2] >> 2 & 3
    if version is None or layer != LAYER_3 or not 0 < rate < 15 or speed == 3:
        return None
    hertz = HERTZ[version][speed]
    per_frame = 144_000 if version == 1 else 72_000
    length = per_frame * KBITS[version][rate - 1] // hertz + (head[2] >> 1 & 1)
    return _Frame(version, hertz, length, is_mono=head[3] >> 6 == MONO)


def _stated(data: bytes, begin: int) -> int:
    """How many frames an encoder says there are, with the one in which it says so; nought where it does not."""
    first = _frame(data[begin : begin + 4])
    if first is None:
        return 0
    side = {(1, False): 32, (1, True): 17, (2, False): 17, (2, True): 9}[first.version, first.is_mono]
    at = begin + 4 + side
    has_count = data[at : at + 4] in {b"Xing", b"Info"} and data[at + 7] & 1
    return 1 + int.from_bytes(data[at + 8 : at + 12], "big") if has_count else 0
