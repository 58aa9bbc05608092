"""What questions are about, at which step of a child's journey, and how they are answered: the words of the bank."""

from __future__ import annotations

from django.db import models

from surveys.instrument.items import Kind

WAYS = [
    (Kind.CHOICE.value, "One answer"),
    (Kind.FACES.value, "One of some faces"),
    (Kind.PICTURES.value, "This or that, with pictures"),
    (Kind.AGAIN.value, "Again? Yes, maybe, no"),
    (Kind.LADDER.value, "A ladder from 0 to 10"),
    (Kind.MULTI.value, "Several answers"),
    (Kind.SORT.value, "Put a few things in order"),
    (Kind.SHORT.value, "A few words"),
    (Kind.TEXT.value, "Own words"),
    (Kind.DRAWING.value, "A drawing, or words"),
]


class Theme(models.TextChoices):
    """What a question is about, in the words of the 2012 progress report."""

    LISTENED = "listened", "Being listened to"
    UNDERSTOOD = "understood", "Being understood"
    TIME = "time", "Time alone with the worker"
    KEPT_WORD = "kept_word", "Keeping appointments and promises"
    CAME = "came", "Coming when they said"
    EXPLAINED = "explained", "Knowing what happens and why"
    COULD_ASK = "could_ask", "Being able to ask"
    HELPED = "helped", "Being helped"
    SAFER = "safer", "Feeling safer"
    PLAN = "plan", "Knowing the plan"
    SAY = "say", "Having a say"
    SAME_WORKER = "same_worker", "Keeping the same worker"
    KIND = "kind", "Kind or scary"
    WORRY = "worry", "Parents: understanding the worry"
    REPORT = "report", "Parents: seeing the report"
    SKILLS = "skills", "Parents' skills"
    RESPECT = "respect", "Parents: being treated with respect"
    CONFERENCE = "conference", "Parents: the conference"
    OTHER = "other", "Something else"


class Stage(models.TextChoices):
    """Where on the way from needing to receiving help a question belongs; the frame's stages have the same codes."""

    CONTACT = "contact", "Asking for help"
    EARLY_HELP = "early-help", "Early help"
    ASSESSMENT = "assessment", "First visits and assessment"
    PLAN = "plan", "Having a plan"
    PROTECTION = "protection", "Child protection conference and plan"
    LOOKED_AFTER = "looked-after", "Being looked after"
    LEAVING = "leaving", "Leaving care"
