"""What an analyst of the demo says that figures may mean: by theme, because the figures are invented."""

from __future__ import annotations

from feedback.config.demo.questions import QUESTIONS
from feedback.config.demo.referring import REFERRERS_ARE_ASKED
from feedback.releases.interpretations import Reading
from feedback.releases.questions import WHO_WAS_THERE

BY_THEME = {
    "listened": Reading(
        "Being listened to is what people ask for first. Those who do not say yes may have had somebody who was in a "
        "hurry, or who had made up their mind.",
        "It does not say what was heard, nor whether anything came of it. Who was not listened to at all may not have "
        "answered either.",
        "Ask the care council what being listened to looks like. Then ask a team what it would need to do that on "
        "every visit.",
    ),
    "explained": Reading(
        "Some were told in a way they could use, others may have been told once, at a bad moment, or in our words.",
        "It does not say who should have explained it, nor whether what was explained was right.",
        "Who explains this now, and when? Try out one page with the care council and ask again.",
    ),
    "time": Reading(
        "Time may depend on how many families a worker has, and on how far apart they live.",
        "It does not say that anybody works badly: many who answer about time name no person at all.",
        "How many children were seen alone in these months, by what teams count themselves? Is it the same story?",
    ),
    "kept_word": Reading(
        "A promise that is not kept may be a visit that was moved, and nobody said so.",
        "It does not say what was promised, nor how often. One broken promise can weigh more than ten that were kept.",
        "What do we promise that is not ours to keep? Who tells the child when something changes?",
    ),
    "say": Reading(
        "Some had a say. For others, the decision may have been made before anybody asked them.",
        "It does not say whether the plan was a good one, nor whether they wanted a say.",
        "At which step is the plan still open? Ask for it to be talked about with the child before that.",
    ),
    "helped": Reading(
        "Things may be better because of the help, or because time went by, or something else changed.",
        "It does not say what helped. Those for whom things got much worse may have left, or be too tired to answer.",
        "What do people write that helped them? What would those say who stopped coming?",
    ),
    "safer": Reading(
        "Feeling safer is one of the two figures a board needs most. It may say something about the home, the street, "
        "the school or the phone.",
        "It does not say that a child is safe, nor that one who feels less safe is in danger. Each worry that was "
        "written down was read by a person.",
        "Where do young people feel unsafe, and at what time of day? Who could change that place?",
    ),
    "understood": Reading(
        "People may have heard the worry and not agree with it, or have heard it in words that are ours.",
        "It does not say whether the worry is right.",
        "Could each family say in their own words what we are worried about? Ask after the next conference.",
    ),
    "skills": Reading(
        "Some parents say they have become more sure of themselves. The help may have come at the right time for them.",
        "It does not say what children think of it. Look at their answers beside it.",
        "Which help do parents name? What do those say who noticed nothing?",
    ),
    "other": Reading(
        "People gave different answers, and each may have had a reason that no list of answers holds.",
        "It does not say why.",
        "What do they write in their own words?",
    ),
}
OF_REFERRERS = Reading(
    "Those who refer see one end of it. A referral may have been sent twice because something was missing, or because "
    "nobody said that it had arrived.",
    "It does not say what families say, nor that anybody works badly. Those who gave up referring did not answer.",
    "Follow three referrals from the first call to the family’s answer, with one who sent them. Where did the days go?",
)
WHO_WAS_WITH_THEM = Reading(
    "Some answered with somebody beside them, who may have read aloud.",
    "It does not say whether that person changed an answer. What somebody else chose is in no figure.",
    "How could more people answer on their own, if they want to?",
)


def readings() -> dict[str, Reading]:
    """What is said of each question that is counted."""
    found = {
        question.code: OF_REFERRERS if question in REFERRERS_ARE_ASKED else BY_THEME[question.theme]
        for question in QUESTIONS
        if question.options
    }
    return found | dict.fromkeys(WHO_WAS_THERE.values(), WHO_WAS_WITH_THEM)
