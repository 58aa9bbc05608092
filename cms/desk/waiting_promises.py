"""What of the promises waits for somebody on the first page of the desk."""

from __future__ import annotations

from feedback.promises.waiting import PromisesWaiting

PARTS = (
    ("late", "promise of yours should have been kept by now", "promises of yours should have been kept by now"),
    ("soon", "promise of yours is due within a week", "promises of yours are due within a week"),
    ("without_owner", "promise has lost its owner", "promises have lost their owners"),
    ("doubted", "promise is doubted by the care council", "promises are doubted by the care council"),
    ("unanswered", "survey is past its day to report back, with nothing promised",
     "surveys are past their day to report back, with nothing promised"),
)  # fmt: skip


def in_words(found: PromisesWaiting) -> str:
    """What waits, in a sentence for each kind."""
    counted = [(getattr(found, name), one, several) for name, one, several in PARTS]
    said = [f"{many} {one if many == 1 else several}." for many, one, several in counted if many]
    return " ".join(said) or "Nothing is due this week. Everybody sees what is promised, and what came of it."
