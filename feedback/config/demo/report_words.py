"""The words of the demo's annual report. Invented, like everything in the demo."""

from __future__ import annotations

LETTER = """
<p>You decide what children’s social care in Thistledown can do next year. This report is what children, young people
and parents said about this year, in figures that tell nobody what one child said, and in words that a person looked at
before you read them.</p>
<p>It has one idea on each page. Every figure has its range, and beside it what would have to be asked before anybody
acts on it. None of it is a target, and no team is ranked.</p>
<p>We ask you for three things: to read it with a member of the care council beside you, to answer in writing within 30
days, and to say what cannot be done as plainly as what can.</p>
"""
HOW_WE_ASKED = """
<p>Children, young people, parents and carers, the professionals who work with them, and those who refer families to
us were asked with a few questions on a phone, a tablet or paper, with words made for their age and agreed with the
care council. They answered without a name, alone where they could. Four and five year olds were talked with, and are
not counted.</p>
<p>Who did not answer may have had other things to say. We do not know why they did not, and we do not guess. We heard
from few children who live with their family with help, and from hardly any whose first language is not English.</p>
"""
TALK = (
    "We sat on the floor with four and five year olds and somebody they like. They told us who makes them laugh, who "
    "comes to their house, and that grown-ups look at their phones. Several drew a house with everybody in it. They "
    "asked when they would go home more often than anything else."
)
MISSING = (
    "Children with a disability who do not use words, and children who moved more than twice this year. The family "
    "help team will visit ten of them by the end of May with picture cards, and tell the care council what it heard."
)
SHORT = {
    "Being heard": "<p>Children name one thing most: that somebody listens until they have finished. They also notice "
    "when what they said changes nothing, and nobody tells them why.</p>",
    "Children under 11": "<p>Six and seven year olds answered with faces and pictures. Too few did in some months, so "
    "their figures are not shown alone; eight to eleven year olds are.</p>",
    "Whether it helped": "<p>People who say that things are better often name one person. Those who had three or more "
    "workers in a year say it less often in their own words. We cannot tell from figures which comes first.</p>",
    "Parents and carers": "<p>What parents and children say stands side by side, and is never added up. They were "
    "asked different questions about different things.</p>",
    "Those who refer families": "<p>Schools, nurses and others told us about their last referral. What they say is "
    "theirs, and is not added to what families or our own workers say. No number of days is a target: the question is "
    "what happens to a family in the days between.</p>",
}
CHILDREN = (
    {
        "audience": "8-11",
        "language": "en",
        "title": "You told us. Here is what we do.",
        "hello": "Lots of children in Thistledown answered our questions this year. Thank you. We read all of it.",
        "told": [
            {"said": "Grown-ups are in a hurry.", "done": "Your worker turns off their phone when they visit you."},
            {"said": "Nobody said when the visit was moved.", "done": "If a visit is moved, we tell you that day."},
            {"said": "I want to see my brother more.", "done": "We ask about brothers and sisters at every meeting."},
            {"said": "I did not know what the plan was.", "done": "You get your plan on one page, in your words."},
        ],
        "ask": "Tell your worker, or the care council. They are called The Lanterns.",
        "picture": "talk",
    },
    {
        "audience": "8-11",
        "language": "pl",
        "title": "Powiedzieliście nam. Oto co robimy.",
        "hello": "W tym roku wiele dzieci w Thistledown odpowiedziało na nasze pytania. Dziękujemy. Czytamy wszystko.",
        "told": [
            {"said": "Dorośli zawsze się spieszą.", "done": "Podczas wizyty pracownik wyłącza telefon."},
            {"said": "Nikt nie powiedział, że wizyta jest kiedy indziej.", "done": "Powiemy ci tego samego dnia."},
        ],
        "ask": "Powiedz swojemu pracownikowi albo radzie The Lanterns.",
        "picture": "path",
    },
    {
        "audience": "8-11",
        "language": "ar",
        "title": "أخبرتمونا. وهذا ما نفعله.",
        "hello": "أجاب أطفال كثيرون في ثيسلداون عن أسئلتنا هذا العام. شكرًا لكم. نقرأ كل ما تكتبون.",
        "told": [
            {"said": "الكبار دائمًا مستعجلون.", "done": "يغلق العامل هاتفه عندما يزورك."},
            {"said": "لم يخبرنا أحد أن الزيارة تغيّرت.", "done": "إذا تغيّرت الزيارة يخبرك أحد في اليوم نفسه."},
        ],
        "ask": "أخبر العامل الذي يزورك، أو مجلس الأطفال.",
        "picture": "house",
    },
    {
        "audience": "12-17",
        "language": "en",
        "title": "What you said, and what comes of it",
        "hello": "Young people in Thistledown answered this year. This is the short version; the long one went to the "
        "people who run the place.",
        "told": [
            {"said": "People promise things and then nothing happens.",
             "done": "Every promise is on a public list now, with a date. If it is late, it says so."},
            {"said": "Decisions are made before I am asked.",
             "done": "You are asked before the meeting, and the notes say what you wanted."},
            {"said": "I have to tell my story again and again.",
             "done": "When your worker changes, both come to see you once, together."},
            {"said": "Stop giving my number to people.",
             "done": "We cannot stop it everywhere, because some services must reach you. We ask you first."},
        ],
        "ask": "Ask your worker or an advocate, or come to the care council, The Lanterns.",
        "picture": "paper",
    },
)  # fmt: skip
