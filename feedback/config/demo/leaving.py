"""What care leavers are asked: a home, money and papers, somebody to call, promises kept, how life is going."""

from __future__ import annotations

from feedback.config.demo.shapes import DemoQuestion

HERE = "CARE_LEAVER"
# More at the top than at the bottom, and more at the bottom than among others of their age.
LIFE = tuple((str(step), str(step), share) for step, share in enumerate((3, 2, 4, 6, 8, 13, 12, 18, 18, 8, 8)))
LEAVERS_ARE_ASKED = (
    DemoQuestion(
        "l_home",
        "say",
        {HERE: "Could you choose where you live now?"},
        (("yes", "Yes", 41), ("a_bit", "A bit", 33), ("no", "No", 26)),
        is_outcome=False,
        purpose="Whether a first home of one’s own is chosen or allotted.",
    ),
    DemoQuestion(
        "l_ready",
        "say",
        {HERE: "Did you leave care when you were ready to?"},
        (("yes", "Yes", 44), ("too_soon", "No, it was too soon", 43), ("too_late", "No, I wanted to go earlier", 13)),
        is_outcome=False,
        purpose="Whether the time of leaving follows a birthday or the young person.",
    ),
    DemoQuestion(
        "l_money",
        "explained",
        {HERE: "Has anyone explained what money you can get?"},
        (("clearly", "Yes, so that I understood", 46), ("partly", "Partly", 34), ("no", "No", 20)),
        is_outcome=False,
        purpose="Money that nobody explained is often not claimed.",
    ),
    DemoQuestion(
        "l_papers",
        "explained",
        {HERE: "Which of these do you have yourself?"},
        (
            ("birth", "My birth certificate", 63),
            ("photo", "A passport or other photo ID", 58),
            ("insurance", "My National Insurance number", 74),
            ("bank", "A bank account", 81),
            ("none", "None of these", 4),
        ),
        kind="multi",
        excludes="none",
        purpose="Without papers there is no job, no flat, and no account.",
    ),
    DemoQuestion(
        "l_call",
        "listened",
        {HERE: "Is there someone you can call, day or night?"},
        (("yes", "Yes, always", 58), ("sometimes", "Sometimes", 27), ("no", "No", 15)),
        purpose="Whether anybody is there when it matters.",
    ),
    DemoQuestion(
        "l_adviser",
        "time",
        {HERE: "Do you know who your personal adviser is?"},
        (("yes", "Yes", 78), ("changed", "It keeps changing", 15), ("no", "No", 7)),
        is_outcome=False,
        purpose="Whether there is one person to turn to.",
    ),
    DemoQuestion(
        "l_keeps_word",
        "kept_word",
        {HERE: "Does your personal adviser do what they promised?"},
        (("always", "Always", 43), ("mostly", "Mostly", 34), ("rarely", "Rarely", 17), ("never", "Never", 6)),
        after=("l_adviser", ("yes", "changed")),
        is_outcome=False,
        purpose="Promises kept, from the one who makes most of them.",
    ),
    DemoQuestion(
        "l_plan",
        "say",
        {HERE: "Did you have a say in your pathway plan?"},
        (("yes", "Yes", 49), ("a_bit", "A bit", 31), ("no", "No", 20)),
        is_outcome=False,
        purpose="Whether the plan is made with the young person.",
    ),
    DemoQuestion(
        "l_first",
        "helped",
        {HERE: "What would help you most just now?"},
        (
            ("home", "A home that I can stay in", 33),
            ("money", "Help with money", 27),
            ("work", "A way into work or college", 22),
            ("people", "Seeing people who matter to me", 18),
        ),
        kind="sort",
        is_outcome=False,
        purpose="What care leavers would put first.",
    ),
    DemoQuestion(
        "l_life",
        "helped",
        {HERE: "From 0 to 10, how is your life going?"},
        LIFE,
        kind="ladder",
        purpose="How life is going, in steps of their own.",
    ),
    DemoQuestion(
        "l_change",
        "other",
        {HERE: "What should we do better when people leave care?"},
        kind="text",
        purpose="In their own words.",
    ),
)
