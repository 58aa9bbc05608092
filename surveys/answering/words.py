"""What the phone says around the questions, in the voice of each family of audiences."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from surveys.answering.promise_words import Text, said_of
from surveys.instrument.document import Instrument
from surveys.instrument.promises import NOBODY_KNOWS, terms_of
from surveys.instrument.wording import CONVERSATION, NEVER_COUNTED, Audience


@dataclass(frozen=True)
class Words:
    """The sentences of one family: children, young people, adults."""

    family: str
    who_asks: Text
    who_sees: Text
    not_private: Text
    stop: Text
    hide: Text
    yes: Text
    no: Text
    promise: Text
    promise_more: Text
    with_you: Text
    helpers: tuple[tuple[str, Text], ...]
    practice: Text
    practice_more: Text
    rest: Text
    rest_more: Text
    told: Text
    told_options: tuple[tuple[str, Text], ...]
    no_names: Text
    not_read_now: Text
    ready: Text
    ready_more: Text
    thanks: Text
    next_steps: Text
    receipt: Text
    waits: Text
    waits_more: Text
    said_no: Text
    said_no_more: Text
    headphones: Text
    # Below the five words and where a receipt leads, if there is more to say about the promise.
    promise_after: Text = ""
    was_looked_up: Text = ""
    # Where whoever answers chooses who hears them: the question, what it means, nobody else, and what the receipt says.
    hear: Text = ""
    hear_more: Text = ""
    hear_nobody: Text = ""
    heard: Text = ""
    heard_always: Text = ""
    # To whoever holds a conversation: before anything else, what they must not be, and what happens if they are.
    aloud: Text = ""
    subject: Text = ""
    subject_refused: Text = ""
    # Whom they can call everywhere, beside 999 and Childline: names and numbers.
    lines: tuple[tuple[str, str], ...] = ()


CHILDREN = Words(
    family="children",
    who_asks=_("These questions were made by %(made_by)s: children who have social workers too."),
    who_sees=_("Your answers go to people who check them. Nobody at home or at school sees them."),
    not_private=_("We do not know who you are. So if you tell us you are hurt, we cannot come and find you."),
    stop=_("You can stop at any time. You can leave out any question."),
    hide=_(
        "Press Hide this page at the top if you want to hide it fast. "
        "Someone can still find it in the list of pages you looked at."
    ),
    yes=_("Yes, show me"),
    no=_("No, thank you"),
    promise=_("Nobody knows it was you"),
    promise_more=_("We do not ask your name. We mix your answers with other children’s answers."),
    with_you=_("Is someone helping you?"),
    helpers=(
        ("alone", _("No, I am on my own")),
        ("read", _("Someone reads it to me")),
        ("tapped", _("Someone taps for me")),
        ("chose", _("Someone chooses the answers")),
    ),
    practice=_("Let’s try one first. How many spots does a ladybird have?"),
    practice_more=_("I don’t know is a good answer here. We do not keep this one."),
    rest=_("Time for a stretch"),
    rest_more=_("Shake your hands. Look out of a window. Go on when you like."),
    told=_("Did someone tell you what to say?"),
    told_options=(
        ("nobody", _("No, I said what I think")),
        ("somebody", _("Yes, someone told me what to say")),
    ),
    no_names=_("Please do not write names."),
    not_read_now=_("We do not read this straight away. If someone is hurting you, call Childline on 0800 1111."),
    ready=_("That is all"),
    ready_more=_("Press Send and we will get your answers."),
    thanks=_("Thank you. We got it."),
    next_steps=_("What children tell us is put together. Then we say what will change."),
    receipt=_(
        "These are your five words. Keep them if you like. With them you can take your answers back. "
        "Numbers we have shown by then stay."
    ),
    waits=_("Your answers are safe on here"),
    waits_more=_(
        "They are locked. Nobody can read them on here. They go to us when there is signal. You can close this page."
    ),
    said_no=_("That is fine"),
    said_no_more=_("Saying no changes nothing for you. Have a good day."),
    headphones=_("Use headphones if someone is near."),
)
YOUNG = Words(
    family="young",
    who_asks=_("These questions were written by %(made_by)s, young people who have social workers themselves."),
    who_sees=_("People who check answers read them. Your worker, your carers and your family do not."),
    not_private=_(
        "We do not know who you are. If you tell us that you or someone else is in danger, we cannot find you, "
        "so please also tell someone who can help."
    ),
    stop=_("You can stop whenever you like, and skip anything."),
    hide=_(
        "Hide this page, at the top, takes you to the weather straight away. "
        "It cannot clear the list of pages that this browser has visited."
    ),
    yes=_("Yes, go on"),
    no=_("No, thanks"),
    promise=_("Nobody knows it was you"),
    promise_more=_(
        "No names, no log-in. Figures are only shown for groups, and changed a little so that nobody stands out."
    ),
    with_you=_("Is anyone with you?"),
    helpers=(
        ("alone", _("No, I am on my own")),
        ("read", _("Someone helps me read")),
        ("tapped", _("Someone taps for me")),
        ("chose", _("Someone chooses the answers")),
    ),
    practice="",
    practice_more="",
    rest="",
    rest_more="",
    told=_("Did anyone tell you what to say?"),
    told_options=(
        ("nobody", _("No, these are my own answers")),
        ("somebody", _("Yes, someone told me what to say")),
    ),
    no_names=_("Please leave out names, of people and of schools."),
    not_read_now=_(
        "This is not read straight away. If someone is hurting you, or to talk now: Childline 0800 1111, or 999."
    ),
    ready=_("That’s everything"),
    ready_more=_("We keep nothing until you press Send."),
    thanks=_("Thank you. We got it."),
    next_steps=_("What young people say is put together and published, with what will be done about it."),
    receipt=_(
        "These five words are your receipt. With them you can take your answers back: they are deleted. "
        "Numbers that are published by then stay as they are."
    ),
    waits=_("Saved on this device, locked"),
    waits_more=_(
        "Nobody can read your answers here, not even on this device. They are sent when there is signal again. "
        "You can close this page."
    ),
    said_no=_("No problem"),
    said_no_more=_("Saying no changes nothing for you."),
    headphones=_("Use headphones if you don’t want others to hear."),
)
ADULTS = Words(
    family="adults",
    who_asks=_("These questions were written together with %(made_by)s."),
    who_sees=_("People who check answers read them. Your worker does not, and nobody who decides about your family."),
    not_private=_(
        "We do not know who you are, so we cannot answer you or come to help. If a child is in danger, call 999."
    ),
    stop=_("You can stop at any time and leave out any question."),
    hide=_(
        "Hide this page, at the top, takes you to the weather straight away. "
        "It cannot clear the list of pages that this browser has visited."
    ),
    yes=_("Yes, I will take part"),
    no=_("No, thank you"),
    promise=_("Nobody knows it was you"),
    promise_more=_(
        "We ask for no names. Figures are only shown for groups, and changed a little so that nobody stands out."
    ),
    with_you=_("Is anyone helping you?"),
    helpers=(
        ("alone", _("No, I am on my own")),
        ("read", _("Someone helps me read")),
        ("tapped", _("Someone fills it in for me")),
        ("chose", _("Someone chooses the answers")),
    ),
    practice="",
    practice_more="",
    rest="",
    rest_more="",
    told=_("Did anyone tell you what to say?"),
    told_options=(
        ("nobody", _("No, these are my own answers")),
        ("somebody", _("Yes, someone told me what to say")),
    ),
    no_names=_("Please leave out names."),
    not_read_now=_("This is not read straight away. If a child is in danger now, call 999."),
    ready=_("That is everything"),
    ready_more=_("We keep nothing until you press Send."),
    thanks=_("Thank you. We have received it."),
    next_steps=_("What parents and carers say is put together and published, with what will be done about it."),
    receipt=_(
        "These five words are your receipt. With them you can take your answers back: they are deleted. "
        "Numbers that are published by then stay as they are."
    ),
    waits=_("Saved on this device, locked"),
    waits_more=_(
        "Nobody can read your answers on this device. They are sent when there is signal again. "
        "You can close this page."
    ),
    said_no=_("That is fine"),
    said_no_more=_("Saying no changes nothing for you or your family."),
    headphones=_("Use headphones if you do not want others to hear."),
)


CARE_LEAVERS = replace(
    YOUNG,
    who_sees=_("People who check answers read them. Your personal adviser, your carers and your family do not."),
    # Childline is for those under 19.
    not_read_now=_("This is not read straight away. In danger: 999. To talk now, at any age: Samaritans, 116 123."),
    lines=(("Samaritans", "116 123"),),
    next_steps=_("What care leavers say is put together and published, with what will be done about it."),
)
PROFESSIONALS = replace(
    ADULTS,
    who_sees=_("People who check answers read them. Nobody is told who said what."),
    next_steps=_("What professionals say is put together and published, with what will be done about it."),
    said_no_more=_("Saying no changes nothing for you at work."),
)
REFERRERS = replace(
    PROFESSIONALS,
    next_steps=_("What those who refer families say is put together and published, with what will be done about it."),
)


def _held_aloud(words: Words) -> Words:
    """The same voice in a conversation: somebody is there who asks and listens, and nothing is counted."""
    return replace(
        words,
        aloud=_(
            "To you who hold this: read it aloud together, word for word. Wait. Let them choose, tap or draw. "
            "Write what they say in their own words. If it is about you, let someone else ask."
        ),
        who_sees=_("The one who is with you hears what you say. People who check answers read it. We do not count it."),
        promise=_("We do not know who you are"),
        promise_more=_("We do not ask your name. Only the one who is with you knows it was you."),
        with_you=_("To you who hold this: who taps?"),
        helpers=(
            ("read", _("I read aloud, they tap")),
            ("tapped", _("They say it, I tap")),
            ("chose", _("I choose for them")),
        ),
        subject=_("The questions are about me"),
        subject_refused=_("Then let someone else hold this conversation. Nothing was kept."),
        practice="",
        practice_more="",
        not_read_now=_("We do not read this straight away. If someone is being hurt, call a number below now."),
        ready_more=_("Press Send. To you who asked: if anything worried you, call a number below today."),
        next_steps=_("Someone reads what you said and drew. Then we say what will change."),
        receipt=_("These are your five words. Keep them if you like. With them you can take your answers back."),
    )


# The ends of sentences in our eight languages.
_END = re.compile(r"(?<=[.?!؟۔])\s+")


def sentences(text: str) -> tuple[str, ...]:
    """A text as one thing on a line: its sentences; none of a text that is empty."""
    return tuple(_END.split(text.strip())) if text.strip() else ()


def words_for(audience: Audience, kind: str = "", promise: str = NOBODY_KNOWS) -> Words:
    """The words an audience is spoken to with, in a survey or in a conversation, under a promise."""
    words = _family(audience)
    # Whoever can read chooses who hears them by themselves, and says it to no other.
    is_held = kind == CONVERSATION and not terms_of(promise).keeps_hearers
    words = _held_aloud(words) if is_held or audience in NEVER_COUNTED else words
    return replace(words, **said_of(promise, words.family))


def words_around(instrument: Instrument) -> Words:
    """The words around the questions of an instrument: those of the promise that is kept."""
    return words_for(instrument.audience, instrument.kind, instrument.kept_promise)


def _family(audience: Audience) -> Words:
    match audience:
        case Audience.AGE_4_5 | Audience.AGE_6_7 | Audience.AGE_8_11:
            return CHILDREN
        case Audience.AGE_12_17:
            return YOUNG
        case Audience.CARE_LEAVER:
            return CARE_LEAVERS
        case Audience.PARENT_CARER:
            return ADULTS
        case Audience.PROFESSIONAL:
            return PROFESSIONALS
        case Audience.REFERRER:
            return REFERRERS
