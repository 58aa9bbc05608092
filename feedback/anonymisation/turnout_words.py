"""Turnout in sentences: how many answered, what that means, and who is missing. No team is compared with another."""

from __future__ import annotations

from django.utils.formats import date_format

from feedback.anonymisation.turnout import Part, WaveTurnout
from feedback.disclosure.turnout import Told

# From these shares on (in hundredths of those who could be asked) something else may be said of the answers.
SOME, HALF = 30, 50
NOT_KNOWN = "We do not know how many could be asked."


def how_many(told: Told | None) -> str:
    """The number as it may be said."""
    if told is None:
        return "too few people to say"
    return f"at least {told.at_least}" if told.at_least else f"fewer than {told.fewer}"


def of_how_many(part: Part) -> str:
    """The frame's count with its source and day, or that there is none."""
    if part.counted is None:
        return NOT_KNOWN
    return f"{part.counted.children} ({part.counted.source}, {date_format(part.counted.counted_on, 'j F Y')})"


def what_it_means(part: Part) -> str:
    """What the share of those who answered lets anybody say."""
    told = part.told
    if part.counted is None:
        return f"{NOT_KNOWN} So nobody can say whether those who answered stand for the others."
    if told and told.is_beyond:
        return (
            "More have answered than could be asked by this count. Perhaps it is old, or some answered twice: ask for "
            "a newer count before you give a share."
        )
    if told is None or told.percent is None:
        return "The group is too small to give a share."
    if told.percent < SOME:
        return (
            "As far as is counted, fewer than 30 in 100 have answered. What they say is theirs: do not say that it "
            "holds for all, and look at who is missing."
        )
    if told.percent < HALF:
        return (
            "As far as is counted, 30 to 50 in 100 have answered. Say beside every figure how many could be asked, and "
            "who is missing."
        )
    return "As far as is counted, half or more have answered. Say all the same who is missing."


def is_missing(part: Part) -> bool:
    """Whether few or none of this part have answered, as far as may be said."""
    if part.told is None:
        return False
    return not part.told.at_least or (part.told.percent is not None and part.told.percent < SOME)


def who_is_missing(turnout: WaveTurnout) -> list[str]:
    """A sentence for each part that has hardly answered, or that nobody has asked: what is so, and what to do."""
    if not turnout.is_counted:
        return []
    found = [_of_service(part) for part in turnout.services if is_missing(part) or _may_be_forgotten(part)]
    return found + [
        f"{_few(part)} Find out where these children are met, and have cards there."
        for part in (*turnout.stages, *turnout.both)
        if is_missing(part)
    ]


def about_cards(turnout: WaveTurnout) -> list[str]:
    """Where cards are missing or hardly used, for those who hand them out; nothing about answers."""
    return [
        f"Cards for {part.name} have hardly been used." if part.cards else f"No cards were made for {part.name}."
        for part in turnout.services
        if not part.cards or (part.cards_used and not part.cards_used.at_least)
    ]


def answered(turnout: WaveTurnout) -> str:
    """How many have answered, in a sentence that anybody who asks may read."""
    if not turnout.is_counted:
        return "What is said in a conversation is read and never counted."
    if turnout.counted_through is None:
        return "Nobody has counted yet how many have answered. It is counted every Monday, up to Sunday."
    number = how_many(turnout.whole.told)
    return f"{number[0].upper()}{number[1:]} had answered by {date_format(turnout.counted_through, 'j F')}."


def _was_asked(part: Part) -> bool:
    return bool(part.cards or part.links)


def _may_be_forgotten(part: Part) -> bool:
    """Whether nobody asked a part of which nothing may be said."""
    return part.told is None and not _was_asked(part)


def _few(part: Part) -> str:
    if part.told and part.told.at_least:
        return f"Of {part.name}, fewer than {SOME} in 100 have answered, as far as is counted."
    return f"Of {part.name}, few or none have answered."


def _of_service(part: Part) -> str:
    name = part.name
    few = _few(part)
    if not _was_asked(part):
        nothing = f"No cards were printed for {name}, and no poster is for it. Make cards, or hang a poster there."
        return f"{nothing} {few}" if part.told else nothing
    if not part.cards:
        return f"{few} There is a poster and no card: make cards, and have them handed out."
    if part.cards_used and not part.cards_used.at_least:
        return f"{few} {part.cards} cards were made and hardly used: ask whether they have been handed out."
    return f"{few} Ask those who work there what is in the way: the time, the place, a device, somebody to read it."
