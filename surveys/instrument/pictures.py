"""The names of the pictures an option may have; the phone draws them. Each stands beside words that say the same."""

from __future__ import annotations

from surveys.instrument.items import FACES

THINGS = (
    "ear", "hand", "house", "door_open", "door_closed", "sun", "cloud", "rain", "star", "heart", "clock", "speech",
    "ball", "book", "path", "hill", "one_person", "two_people", "many_people",
)  # fmt: skip
PICTURES = (*FACES, *THINGS)
