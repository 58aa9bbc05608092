"""What four and five year olds are talked with about: prompts held aloud, whose answers are read and never counted."""

from __future__ import annotations

from feedback.config.demo.shapes import DemoQuestion

HERE = "AGE_4_5"
TALKED_ABOUT = (
    DemoQuestion(
        "t_today",
        "other",
        {HERE: "How is your day today?"},
        (("good", "Good", 80), ("not_good", "Not good", 20)),
        kind="faces",
        is_outcome=False,
        purpose="To begin with something easy, and to try the faces.",
        pictures=(("good", "happy"), ("not_good", "unhappy")),
    ),
    DemoQuestion(
        "t_visit",
        "time",
        {HERE: "When your social worker comes, what happens?"},
        (("play", "We play", 55), ("grown_ups", "The grown-ups talk", 45)),
        kind="pictures",
        is_outcome=False,
        purpose="Whether the visit is for the child as well.",
        pictures=(("play", "ball"), ("grown_ups", "two_people")),
    ),
    DemoQuestion(
        "t_listens",
        "listened",
        {HERE: "What does your social worker do?"},
        (("listens", "Listens to me", 75), ("not_yet", "Does not listen yet", 25)),
        kind="pictures",
        is_outcome=False,
        purpose="Being listened to: two real things to choose from, neither of them a no.",
        pictures=(("listens", "ear"), ("not_yet", "door_closed")),
    ),
    DemoQuestion(
        "t_feels",
        "time",
        {HERE: "How is it when your social worker comes?"},
        (("good", "Good", 75), ("not_good", "Not good", 25)),
        kind="faces",
        is_outcome=False,
        purpose="How a visit feels; either answer is a reason to talk on.",
        pictures=(("good", "happy"), ("not_good", "unhappy")),
    ),
    DemoQuestion(
        "t_place",
        "helped",
        {HERE: "Where do you like to be? Draw it."},
        kind="drawing",
        purpose="A drawing to talk about.",
    ),
    DemoQuestion(
        "t_tell",
        "say",
        {HERE: "What do you want grown-ups to know?"},
        kind="text",
        purpose="In the child’s own words, written down by whoever asks.",
    ),
)
