"""What is said to somebody who may want to be contacted, in the voice of each family of audiences.

Whoever asks for a person gives up a little of not being known, so every sentence says who will know what.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from surveys.answering.words import Text, Words

AREA_OF_THE_CODE = _("the area your code is from")


@dataclass(frozen=True)
class ContactWords:
    """The sentences of one family; `reader` and `sent_more` name an area."""

    title: Text
    what_next: Text
    reader: Text
    not_secret: Text
    not_joined: Text
    could_guess: Text
    tell_others: Text
    not_now: Text
    wanted: Text
    wanted_options: tuple[tuple[str, Text], ...]
    name: Text
    name_hint: Text
    reach: Text
    reach_hint: Text
    words: Text
    words_hint: Text
    sent: Text
    sent_more: Text
    choice: Text
    urgent: Text
    waits: Text
    waits_more: Text


CHILDREN = ContactWords(
    title=_("Do you want someone to get in touch?"),
    what_next=_("Tell us here how to reach you. Then someone gets in touch with you."),
    reader=_("Someone in %(area)s whose job is to keep children safe reads this."),
    not_secret=_("Here you tell us who you are. So the person who reads it will know."),
    not_joined=_("We do not put this together with your answers."),
    could_guess=_(
        "If only a few people answer here today, someone who looks after our computers could still guess "
        "which answers are yours."
    ),
    tell_others=_(
        "If you or someone else is not safe, this person may have to tell others who can help. "
        "They try to talk with you first."
    ),
    not_now=_(
        "We do not read this straight away. It can take one working day, and longer at the weekend. "
        "If you need help now, call Childline on 0800 1111. In danger, call 999."
    ),
    wanted=_("Who do you want?"),
    wanted_options=(
        ("advocate", _("An advocate: someone who helps you say what you want")),
        ("lead", _("Someone who keeps children safe")),
        ("trusted", _("A grown-up I choose. I write who it is below.")),
    ),
    name=_("What can we call you?"),
    name_hint=_("Any name is fine. You can leave this empty."),
    reach=_("How can we reach you safely?"),
    reach_hint=_(
        "A phone number, or a place like school, and a good time. Tell us too if there is someone who must not know."
    ),
    words=_("What is it about?"),
    words_hint=_("You can leave this empty."),
    sent=_("We have your message"),
    sent_more=_(
        "Someone in %(area)s whose job is to keep children safe reads it within one working day. "
        "Then someone gets in touch in the way you wrote."
    ),
    choice=_("You do not have to talk to them if you do not want to."),
    urgent=_("If it cannot wait, call Childline on 0800 1111, day or night. In danger, call 999."),
    waits=_("Your message is still on here"),
    waits_more=_(
        "It is locked. Nobody can read it on here. It goes when there is signal "
        "and this page or the questions are open. Nobody has read it yet."
    ),
)
YOUNG = ContactWords(
    title=_("Do you want someone to contact you?"),
    what_next=_("Leave a message here, and someone will contact you in a way that is safe for you."),
    reader=_("A safeguarding lead in %(area)s reads it: someone whose job is to keep children and young people safe."),
    not_secret=_("This message is not anonymous: whoever reads it knows what you write here."),
    not_joined=_("It is sent on its own and is not linked to your answers."),
    could_guess=_(
        "If only a few people answer in this area today, someone with access to our database could still guess "
        "which answers are yours."
    ),
    tell_others=_(
        "If you or someone else is in danger, they may have to tell others who can help. "
        "They try to talk to you about it first."
    ),
    not_now=_(
        "It is not read straight away: it can take one working day, and longer at the weekend. "
        "To talk now, call Childline on 0800 1111. In danger, call 999."
    ),
    wanted=_("Who would you like to hear from?"),
    wanted_options=(
        ("advocate", _("An advocate: someone independent who helps you be heard")),
        ("lead", _("A safeguarding lead")),
        ("trusted", _("An adult I choose. I write who it is below.")),
    ),
    name=_("What can we call you?"),
    name_hint=_("Any name is fine. You can leave this empty."),
    reach=_("How can we reach you safely?"),
    reach_hint=_(
        "A number, an email address or a place, and a good time. Tell us too if there is someone who must not find out."
    ),
    words=_("What is it about?"),
    words_hint=_("You can leave this empty."),
    sent=_("We have your message"),
    sent_more=_(
        "A safeguarding lead in %(area)s reads it within one working day. "
        "Then someone contacts you in the way you wrote."
    ),
    choice=_("You do not have to talk to them if you do not want to."),
    urgent=_("If it cannot wait, call Childline on 0800 1111, day or night. In danger, call 999."),
    waits=_("Your message has not gone yet"),
    waits_more=_(
        "It waits on this device, locked, so that nobody can read it here. It is sent when there is signal "
        "and this page or the questions are open. Nobody has read it yet."
    ),
)
ADULTS = ContactWords(
    title=_("Would you like someone to contact you?"),
    what_next=_("Leave a message here, and someone will contact you in a way that is safe for you."),
    reader=_("A safeguarding lead in %(area)s reads it: someone whose job is to keep children and young people safe."),
    not_secret=_("This message is not anonymous: whoever reads it knows what you write here."),
    not_joined=_("It is sent on its own and is not linked to your answers."),
    could_guess=_(
        "If only a few people answer in this area today, someone with access to our database could still guess "
        "which answers are yours."
    ),
    tell_others=_(
        "If a child is in danger, they have to tell others who can help. "
        "They talk to you about it first, unless that would put the child at more risk."
    ),
    not_now=_(
        "It is not read straight away: it can take one working day, and longer at the weekend. "
        "If a child is in danger now, call 999."
    ),
    wanted=_("Who would you like to hear from?"),
    wanted_options=(
        ("advocate", _("An advocate: someone independent who helps you be heard")),
        ("lead", _("A safeguarding lead")),
        ("trusted", _("Someone I choose. I write who it is below.")),
    ),
    name=_("What can we call you?"),
    name_hint=_("Any name is fine. You can leave this empty."),
    reach=_("How can we reach you safely?"),
    reach_hint=_(
        "A number, an email address or a place, and a good time. Tell us too if there is someone who must not find out."
    ),
    words=_("What is it about?"),
    words_hint=_("You can leave this empty."),
    sent=_("We have your message"),
    sent_more=_(
        "A safeguarding lead in %(area)s reads it within one working day. "
        "Then someone contacts you in the way you wrote."
    ),
    choice=_("You do not have to talk to them if you do not want to."),
    urgent=_("If a child is in danger now, call 999."),
    waits=_("Your message has not gone yet"),
    waits_more=_(
        "It waits on this device, locked, so that nobody can read it here. It is sent when there is signal "
        "and this page or the questions are open. Nobody has read it yet."
    ),
)
OF_FAMILY = {"children": CHILDREN, "young": YOUNG, "adults": ADULTS}


def contact_words_for(words: Words) -> ContactWords:
    """The sentences for the family whose other sentences these are."""
    return OF_FAMILY[words.family]
