"""The questions of the demo, in our own words, on the themes of the 2012 progress report."""

from __future__ import annotations

from feedback.config.demo.leaving import LEAVERS_ARE_ASKED
from feedback.config.demo.referring import REFERRERS_ARE_ASKED
from feedback.config.demo.shapes import YES_SOMETIMES_NO, DemoQuestion, DemoSurvey
from feedback.config.demo.talking import TALKED_ABOUT
from feedback.config.demo.working import PROFESSIONALS_ARE_ASKED

LADDER = tuple((str(step), str(step), share) for step, share in enumerate((1, 1, 2, 3, 4, 9, 9, 16, 21, 15, 19)))
QUESTIONS = (
    *TALKED_ABOUT,
    DemoQuestion(
        "y_listens",
        "listened",
        {"AGE_6_7": "What does your social worker do?"},
        (("listens", "Listens to me", 83), ("not_yet", "Does not listen yet", 17)),
        kind="pictures",
        is_outcome=False,
        purpose="Being listened to, for the youngest: two real things to choose from.",
        pictures=(("listens", "ear"), ("not_yet", "door_closed")),
    ),
    DemoQuestion(
        "y_visit",
        "time",
        {"AGE_6_7": "How is it when your social worker comes?"},
        (("good", "Good", 79), ("not_good", "Not good", 21)),
        kind="faces",
        is_outcome=False,
        purpose="How a visit feels.",
        pictures=(("good", "happy"), ("not_good", "unhappy")),
    ),
    DemoQuestion(
        "y_again",
        "time",
        {"AGE_6_7": "Would you like to see them again?"},
        (("yes", "Yes", 71), ("maybe", "Maybe", 20), ("no", "No", 9)),
        kind="again",
        is_outcome=False,
        purpose="Whether the child wants the next visit.",
    ),
    DemoQuestion(
        "y_draw",
        "helped",
        {"AGE_6_7": "What makes your day good?"},
        kind="drawing",
        purpose="A drawing or words, as the child likes.",
    ),
    DemoQuestion(
        "listened",
        "listened",
        {
            "AGE_8_11": "Does your social worker listen to you?",
            "AGE_12_17": "Does your social worker listen to what you say?",
        },
        YES_SOMETIMES_NO,
        is_outcome=False,
        purpose="Being listened to is what children say matters most.",
    ),
    DemoQuestion(
        "know_why",
        "explained",
        {
            "AGE_8_11": "Do you know why you have a social worker?",
            "AGE_12_17": "Do you know why you have a social worker?",
        },
        (("yes", "Yes", 66), ("a_bit", "A bit", 24), ("no", "No", 10)),
        purpose="Without information children make up their own reasons.",
    ),
    DemoQuestion(
        "time_alone",
        "time",
        {
            "AGE_8_11": "Can you talk to your social worker on your own?",
            "AGE_12_17": "Can you talk to your social worker on your own when you want to?",
        },
        (("yes", "Yes", 62), ("sometimes", "Sometimes", 27), ("no", "No", 11)),
        is_outcome=False,
        purpose="Time alone is when a child can say what others should not hear.",
    ),
    DemoQuestion(
        "keeps_word",
        "kept_word",
        {
            "AGE_8_11": "Does your social worker do what they said they would?",
            "AGE_12_17": "Does your social worker do what they said they would do?",
        },
        (("yes", "Yes", 70), ("sometimes", "Sometimes", 22), ("no", "No", 8)),
        is_outcome=False,
        purpose="Promises kept and visits that happen.",
    ),
    DemoQuestion(
        "not_done",
        "kept_word",
        {"AGE_8_11": "What went wrong the last time?", "AGE_12_17": "What went wrong the last time?"},
        (
            ("did_not_come", "They did not come", 41),
            ("late", "They came late", 26),
            ("forgot", "They forgot something", 20),
            ("other", "Something else", 13),
        ),
        after=("keeps_word", ("no", "sometimes")),
        is_outcome=False,
        purpose="What gets in the way of keeping promises.",
    ),
    DemoQuestion(
        "had_a_say",
        "say",
        {"AGE_12_17": "Did you have a say in your plan?"},
        (("yes", "Yes", 52), ("a_bit", "A bit", 30), ("no", "No", 18)),
        is_outcome=False,
        purpose="Whether decisions are made with young people.",
    ),
    DemoQuestion(
        "better",
        "helped",
        {
            "AGE_8_11": "Are things better since you had a social worker?",
            "AGE_12_17": "Are things better for you since you had a social worker?",
        },
        (("better", "Better", 61), ("same", "The same", 28), ("worse", "Worse", 11)),
        purpose="Whether help helps, in the eyes of the child.",
    ),
    DemoQuestion(
        "safer",
        "safer",
        {
            "AGE_8_11": "Do you feel safer now than before?",
            "AGE_12_17": "Do you feel safer now than before you had a social worker?",
        },
        (("safer", "Safer", 57), ("same", "The same", 35), ("less_safe", "Less safe", 8)),
        purpose="Children say whether they feel safer: one of the two figures a board needs most.",
    ),
    DemoQuestion(
        "safe_ladder",
        "safer",
        {"AGE_12_17": "How safe do you feel where you live, from 0 to 10?"},
        LADDER,
        kind="ladder",
        purpose="How safe a young person feels, in steps of their own.",
    ),
    DemoQuestion(
        "matters",
        "helped",
        {"AGE_12_17": "What matters most to you in a social worker?"},
        (
            ("listens", "Listens to me", 38),
            ("honest", "Is honest with me", 29),
            ("stays", "Stays the same person", 21),
            ("does", "Does what they said", 12),
        ),
        kind="sort",
        is_outcome=False,
        purpose="What young people would put first.",
    ),
    DemoQuestion(
        "talk_to",
        "listened",
        {
            "AGE_8_11": "Who can you talk to when you are worried?",
            "AGE_12_17": "Who can you talk to when something worries you?",
        },
        (
            ("home", "Someone at home", 71),
            ("friend", "A friend", 58),
            ("school", "Someone at school", 49),
            ("worker", "My social worker", 37),
            ("nobody", "Nobody", 6),
        ),
        kind="multi",
        excludes="nobody",
        purpose="Whether there is an adult to turn to.",
    ),
    DemoQuestion(
        "best_help",
        "helped",
        {"AGE_8_11": "What helped you most?", "AGE_12_17": "What has helped you most?"},
        kind="text",
        purpose="In their own words.",
    ),
    DemoQuestion(
        "should_change",
        "other",
        {"AGE_8_11": "What should we change?", "AGE_12_17": "What should we change, and why?"},
        kind="text",
        purpose="In their own words.",
    ),
    DemoQuestion(
        "p_worry",
        "understood",
        {"PARENT_CARER": "Do you understand what people are worried about?"},
        (("yes", "Yes", 68), ("partly", "Partly", 23), ("no", "No", 9)),
        is_outcome=False,
        purpose="Nothing changes if the worry is not understood.",
    ),
    DemoQuestion(
        "p_report",
        "explained",
        {"PARENT_CARER": "Did you see the report before the meeting?"},
        (("in_time", "Yes, with time to read it", 44), ("late", "Yes, but too late", 29), ("no", "No", 27)),
        is_outcome=False,
        purpose="Parents can only take part if they know what will be said.",
    ),
    DemoQuestion(
        "p_respect",
        "listened",
        {"PARENT_CARER": "Are you treated with respect?"},
        (("always", "Always", 58), ("mostly", "Mostly", 27), ("rarely", "Rarely", 15)),
        is_outcome=False,
        purpose="How it feels to work with the service.",
    ),
    DemoQuestion(
        "p_skills",
        "skills",
        {"PARENT_CARER": "Are you a more confident parent because of the help you had?"},
        (("yes", "Yes", 47), ("a_bit", "A bit", 31), ("no", "No", 22)),
        purpose="Parents say whether their skills improved: one of the two figures a board needs most.",
    ),
    DemoQuestion(
        "p_change",
        "other",
        {"PARENT_CARER": "What should we do differently?"},
        kind="text",
        purpose="In their own words.",
    ),
    *LEAVERS_ARE_ASKED,
    *PROFESSIONALS_ARE_ASKED,
    *REFERRERS_ARE_ASKED,
)

SURVEYS = (
    DemoSurvey(
        audience="AGE_4_5",
        title="Let’s talk",
        introduction="Some things to talk about, to choose and to draw. We can stop when you like.",
        wave="4-and-5",
        way_in="4 and 5 year olds",
        invited="A few things to talk about together, read aloud by somebody you like. Nothing is counted.",
        answer=(7, 3),
        kind="conversation",
    ),
    DemoSurvey(
        audience="AGE_6_7",
        title="Me and my helper",
        introduction="These questions are about your social worker. You can choose, draw or stop.",
        wave="6-and-7",
        way_in="6 and 7 year olds",
        invited="A few questions with pictures, to answer with somebody you like.",
        answer=(18, 4),
    ),
    DemoSurvey(
        audience="AGE_8_11",
        title="How is it going?",
        introduction="These questions are about your social worker, and if things are getting better. "
        "There are no wrong answers.",
        wave="8-to-11",
        way_in="8 to 11 year olds",
        invited="Questions about your social worker, and if things are getting better.",
        answer=(34, 9),
    ),
    DemoSurvey(
        audience="AGE_12_17",
        title="Your say",
        introduction="These questions are about how social workers treat you, and whether anything got better. "
        "There are no right or wrong answers.",
        wave="12-to-17",
        way_in="12 to 17 year olds",
        invited="Questions about how social workers treat you, and whether anything got better.",
        answer=(41, 11),
    ),
    DemoSurvey(
        audience="CARE_LEAVER",
        title="After care",
        introduction="These questions are about the help you get now that you live on your own, or soon will. "
        "There are no right or wrong answers.",
        wave="care-leavers",
        way_in="care leavers",
        invited="Questions about your home, your money, the people you can call, and what was promised to you.",
        answer=(24, 6),
    ),
    DemoSurvey(
        audience="PARENT_CARER",
        title="Working with us",
        introduction="These questions are about how we work with you and your family. What you say does not change any "
        "decision about your family.",
        wave="parents",
        way_in="parents and carers",
        invited="Questions about how we work with you and your family.",
        answer=(27, 6),
    ),
    DemoSurvey(
        audience="PROFESSIONAL",
        title="Time to listen",
        introduction="These questions are about what helps you to listen to children, and what comes of it. "
        "They are not about how well you do your job.",
        wave="professionals",
        way_in="people who work with families",
        invited="Questions about time to listen, supervision, and whether what children say changes anything.",
        answer=(26, 7),
    ),
    DemoSurvey(
        audience="REFERRER",
        title="After you referred",
        introduction="These questions are about your last referral, and what came of it. "
        "They are not about the family, and not about how well you do your job.",
        wave="referrers",
        way_in="people who refer families to us",
        invited="Questions about your last referral: who answered, how long it took, and what got in the way.",
        answer=(23, 6),
    ),
)
