"""What of children's questions waits for somebody on the first page of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from feedback.promises.question_reading import questions_waiting

PARTS = (
    ("to_let_out", "question waits for a second person", "questions wait for a second person"),
    ("to_answer", "question waits for an answer", "questions wait for an answer"),
    ("overdue", "of them has waited for more than four weeks", "of them have waited for more than four weeks"),
    ("to_approve", "answer waits to be let out", "answers wait to be let out"),
)


def questions_of_children(request: HttpRequest) -> Iterator[tuple[str, str, str, str]]:
    """A heading, a sentence and where to go, if anything waits."""
    found = questions_waiting(request.user)
    counted = [(getattr(found, name), one, several) for name, one, several in PARTS]
    said = [f"{many} {one if many == 1 else several}." for many, one, several in counted if many]
    if said:
        yield "Children’s questions", " ".join(said), reverse("desk:child_questions"), "Go to the questions"
