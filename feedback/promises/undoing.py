"""Which questions of children were recalled for good, and recalls them anew where a backup has brought them back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import transaction

from feedback.promises.child_questions import ChildQuestion
from feedback.promises.question_actions import recall_again


def recalled_questions() -> Iterator[str]:
    """Which questions were recalled, and why."""
    recalled = ChildQuestion.objects.filter(status=ChildQuestion.Status.RECALLED)
    for key, because in recalled.values_list("pk", "because"):
        yield f"{key} {because}"


@transaction.atomic
def recall_those(named: Collection[str]) -> int:
    """Recalls the questions that came back with a backup."""
    reasons = dict(one.split(" ", 1) for one in named)
    standing = ChildQuestion.objects.standing().filter(pk__in=reasons).select_related("area")
    for question in standing:
        recall_again(question, because=reasons[str(question.pk)])
    return len(standing)
