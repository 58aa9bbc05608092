"""The twelve questions that Earshot and its peers ask; plain values, for programs that know nothing of Earshot."""

from __future__ import annotations

SCALE = ("always", "mostly", "sometimes", "rarely", "never")
THREE = ("yes", "no", "not_sure")
SEVERAL = ("home", "friend", "school", "worker")
WORDS = "Come when you say you will."

# Code, wording, and what can be chosen; nothing where the answer is in words.
ASKED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("listens", "Does your worker listen to what you say?", SCALE),
    ("on_time", "Do visits happen when they were promised?", SCALE),
    ("alone", "Can you talk with your worker on your own?", SCALE),
    ("meetings", "Are meetings explained in words you understand?", SCALE),
    ("respect", "Are you treated with respect?", SCALE),
    ("choices", "Are you asked before something is decided?", SCALE),
    ("knows_why", "Do you know why a worker visits you?", THREE),
    ("plan", "Have you seen your plan?", THREE),
    ("complain", "Do you know how to complain?", THREE),
    ("school", "Is school going better with this help?", THREE),
    ("talk_all", "Who can you talk to when something worries you?", SEVERAL),
    ("change", "What should we change first?", ()),
)


def is_several(code: str) -> bool:
    """Whether several answers can be chosen."""
    return code.endswith("_all")


def chosen(number: int) -> dict[str, str | list[str]]:
    """What the respondent of this number answers: the same for everybody's survey, and not the same for everybody."""
    return {
        code: WORDS if not options else ([options[number % len(options)], options[(number + 1) % len(options)]]
                                         if is_several(code) else options[number % len(options)])
        for code, _, options in ASKED
    }  # fmt: skip
