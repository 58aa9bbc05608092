"""What is promised in the demo, invented like everything in it: in words for each audience, some in two languages."""

from __future__ import annotations

from feedback.config.demo.shapes import DemoPromise

BUSY = DemoPromise(
    theme="time",
    question="time_alone",
    shown_as="The head of the family help team",
    made=-75,
    due=-20,
    then=("kept", -24),
    said={
        "": (
            "Workers talk mostly with grown-ups when they visit.",
            "Every visit begins with time for the child and the worker alone.",
        ),
        "AGE_6_7": ("Your helper talks a lot with grown-ups.", "Your helper plays or talks with you first."),
        "AGE_8_11": (
            "Your worker talks with the grown-ups most of the time.",
            "When your worker comes, the first ten minutes are for you two.",
        ),
        "AGE_12_17": (
            "On visits, workers mostly talk to adults.",
            "Every visit starts with time for you and your worker alone, if you want that.",
        ),
    },
    told={
        "": "All workers have done this since last month. After each visit we ask children whether it happened.",
        "AGE_6_7": "Helpers do this now.",
        "AGE_8_11": "All workers do this now. After a visit we ask you if it was so.",
        "AGE_12_17": "All workers do it now, and after each visit we ask whether it happened.",
    },
)
LATE = DemoPromise(
    theme="came",
    question="keeps_word",
    shown_as="The manager of the safeguarding team",
    made=-80,
    due=-40,
    moved=(-45, -12),
    said={
        "": (
            "Workers come late, and nobody says why.",
            "Whoever will be late sends a message before, and says why.",
        ),
        "AGE_6_7": ("Your helper comes late.", "If your helper is late, you will hear it first."),
        "AGE_8_11": (
            "Your worker comes late, and you wait and wait.",
            "If your worker is late, you get a message first. It says why.",
        ),
        "PARENT_CARER": (
            "Workers come late without a word.",
            "If a worker is going to be late, you get a message before, with the reason.",
        ),
    },
    reason={
        "": "The phones that can send these messages came later than we were told.",
        "AGE_6_7": "The new phones came late.",
        "AGE_8_11": "The new phones for these messages came late.",
        "PARENT_CARER": "The phones that can send these messages were delivered late.",
    },
    translated={
        ("AGE_8_11", "ar"): (
            "العامل الاجتماعي يأتي متأخرًا، وأنت تنتظر وتنتظر.",
            "إذا تأخر العامل الاجتماعي تصلك رسالة قبل ذلك، وفيها السبب.",
        ),
        ("AGE_8_11", "pl"): (
            "Pracownik się spóźnia, a ty czekasz i czekasz.",
            "Jeśli pracownik się spóźni, najpierw dostaniesz wiadomość. Będzie w niej, dlaczego.",
        ),
    },
)
LETTERS = DemoPromise(
    theme="explained",
    question="know_why",
    shown_as="The head of the assessment team",
    made=-30,
    due=35,
    said={
        "": (
            "Letters are full of words that nobody uses.",
            "We write our letters anew in plain words, and the care council reads them before they are used.",
        ),
        "AGE_8_11": (
            "Our letters have words you do not know.",
            "We write new letters with easy words. The care council reads them first.",
        ),
        "AGE_12_17": (
            "Letters are full of jargon.",
            "We rewrite our letters in plain words. The care council reads them before we use them.",
        ),
        "PARENT_CARER": (
            "Our letters are hard to understand.",
            "We rewrite our letters in plain words, and people who get them read them first.",
        ),
    },
    translated={
        ("AGE_8_11", "ar"): (
            "في رسائلنا كلمات لا تعرفها.",
            "سنكتب رسائل جديدة بكلمات سهلة، ويقرؤها مجلس الأطفال أولًا.",
        ),
    },
)
SAME_WORKER = DemoPromise(
    theme="same_worker",
    shown_as="The director of children’s services",
    made=-30,
    said={
        "": ("Children want to keep the same worker.", ""),
        "AGE_6_7": ("You want to keep your helper.", ""),
        "AGE_8_11": ("You want to keep the same worker all the time.", ""),
        "AGE_12_17": ("You want one worker who stays.", ""),
        "CARE_LEAVER": ("You want one adviser who stays.", ""),
    },
    told={
        "": "People change jobs or fall ill, and we cannot stop that. So nobody can promise it.",
        "AGE_6_7": "Helpers can get a new job or be ill. We cannot stop that.",
        "AGE_8_11": "People can get a new job, or they can be ill. We cannot stop that.",
        "AGE_12_17": "People change jobs or get ill, and we cannot stop that. Saying yes would not be true.",
        "CARE_LEAVER": "Advisers change jobs or get ill, and we cannot stop that. Saying yes would not be true.",
    },
)
MONEY = DemoPromise(
    theme="kept_word",
    shown_as="The leaving care manager",
    made=-100,
    due=-30,
    then=("kept", -31),
    is_doubted=True,
    said={
        "": (
            "Care leavers wait for weeks to hear about money they were promised.",
            "Every decision about money is made within ten working days.",
        ),
        "CARE_LEAVER": (
            "You wait for weeks to hear about money you were promised.",
            "You hear about money within ten working days.",
        ),
    },
    told={
        "": "Since last month decisions are made within ten working days.",
        "CARE_LEAVER": "Since last month you hear within ten working days.",
    },
)
REPORT = DemoPromise(
    theme="report",
    question="p_report",
    shown_as="The conference manager",
    made=-20,
    due=50,
    said={
        "": (
            "Parents see the report for the first time when they sit in the conference.",
            "Parents get the report three days before the conference, and somebody goes through it with them.",
        ),
        "PARENT_CARER": (
            "You see the report only when the conference begins.",
            "You get the report three days before, and somebody goes through it with you.",
        ),
    },
)
THISTLEDOWN = (MONEY, LATE, BUSY, SAME_WORKER, LETTERS, REPORT)
PORT_WRENLEY = (LETTERS,)
