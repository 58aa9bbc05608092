"""What professionals are asked: time to listen, supervision, and whether what children say changes anything."""

from __future__ import annotations

from feedback.config.demo.shapes import DemoQuestion

HERE = "PROFESSIONAL"
HEARD = tuple((str(step), str(step), share) for step, share in enumerate((1, 1, 3, 6, 9, 15, 18, 22, 16, 6, 3)))
PROFESSIONALS_ARE_ASKED = (
    DemoQuestion(
        "w_time",
        "time",
        {HERE: "Do you have enough time to listen to each child you work with?"},
        (
            ("always", "Always", 6),
            ("mostly", "Mostly", 29),
            ("sometimes", "Sometimes", 38),
            ("rarely", "Rarely", 22),
            ("never", "Never", 5),
        ),
        is_outcome=False,
        purpose="Children ask for time first; this is the other side of it.",
    ),
    DemoQuestion(
        "w_alone",
        "time",
        {HERE: "On your last visit, did you talk with the child alone?"},
        (("yes", "Yes", 52), ("part", "For a part of it", 27), ("no", "No", 21)),
        is_outcome=False,
        purpose="Time alone, told by those who give it.",
    ),
    DemoQuestion(
        "w_in_the_way",
        "time",
        {HERE: "What gets in the way of listening to children?"},
        (
            ("caseload", "Too many families", 61),
            ("records", "Records and reports", 68),
            ("travel", "Travel", 24),
            ("place", "No quiet place to talk", 31),
            ("nothing", "Nothing", 5),
        ),
        kind="multi",
        excludes="nothing",
        is_outcome=False,
        purpose="What an organisation could take out of the way.",
    ),
    DemoQuestion(
        "w_supervision",
        "understood",
        {HERE: "Does supervision help you to think about how the child sees it?"},
        (
            ("mostly", "Mostly", 34),
            ("sometimes", "Sometimes", 37),
            ("rarely", "Rarely", 20),
            ("none", "I have no supervision", 9),
        ),
        is_outcome=False,
        purpose="Whether supervision is about the child or about the list.",
    ),
    DemoQuestion(
        "w_changed_plan",
        "say",
        {HERE: "In the last three months, has a child’s view changed a plan?"},
        (("several", "Yes, more than once", 28), ("once", "Yes, once", 33), ("no", "No", 39)),
        purpose="Whether what children say has an effect.",
    ),
    DemoQuestion(
        "w_conference",
        "say",
        {HERE: "At the last conference you were at, how was the child heard?"},
        (
            ("there", "The child was there and spoke", 14),
            ("words", "In the child’s own words, brought by someone", 33),
            ("summary", "As adults summed it up", 38),
            ("not", "Not at all", 15),
        ),
        is_outcome=False,
        purpose="How a child’s voice reaches the room where it is decided.",
    ),
    DemoQuestion(
        "w_board",
        "listened",
        {HERE: "Does the safeguarding board act on what children tell it?"},
        (("yes", "Yes", 21), ("partly", "Partly", 46), ("no", "No", 33)),
        is_outcome=False,
        purpose="Whether those who could change something hear it.",
    ),
    DemoQuestion(
        "w_heard",
        "listened",
        {HERE: "From 0 to 10, how well are children heard where you work?"},
        HEARD,
        kind="ladder",
        is_outcome=False,
        purpose="How well children are heard, in steps of their own.",
    ),
    DemoQuestion(
        "w_change",
        "other",
        {HERE: "What one change would give you more time with children?"},
        kind="text",
        purpose="In their own words.",
    ),
)
