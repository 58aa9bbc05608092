"""What the phone says of the two promises under which somebody can be found, in the voice of each family of audiences.

These stand in place of what `words` says of *nobody knows*. Whoever changes what one of them means gives the terms
another number (`surveys.instrument.promises.TERMS`); a guard compares.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.instrument.promises import IF_NOT_SAFE, MY_PERSON, NOBODY_KNOWS

Text = str | Promise

_AFTER = _("If two people look up your card, you can read it with your five words, and you will be told.")
_CHILDREN: dict[str, Text] = {
    "who_sees": _("Your answers go to people who check them. Others see them only if you are not safe."),
    "promise": _("Only if you are not safe"),
    "promise_more": _(
        "We do not ask your name. Your card has a number. "
        "If we think you are not safe, two people may look up the number."
    ),
    "not_private": _(
        "Then we ask your worker whose card it is, and someone comes to talk with you. You will be told. "
        "This takes time. If someone hurts you, tell a grown-up now."
    ),
    "promise_after": _AFTER,
    "was_looked_up": _("Two people looked up which card you used, because they were worried that you are not safe."),
}
_YOUNG: dict[str, Text] = {
    **_CHILDREN,
    "who_sees": _("People who check answers read them. Others do only if you are not safe."),
    "promise_more": _(
        "No names, no log-in. Your card has a number. "
        "If we are worried that you are not safe, two people together may look up the number."
    ),
    "not_private": _(
        "Then we ask your worker whose card it is, someone talks with you, and you will be told. "
        "It takes time, so please also tell someone who can help now."
    ),
}
_ADULTS: dict[str, Text] = {
    "who_sees": _("People who check answers read them. Others do only if a child is not safe."),
    "promise": _("Only if a child is not safe"),
    "promise_more": _(
        "We ask for no names. Your card has a number. "
        "If we are worried that a child is not safe, two people together may look up the number."
    ),
    "not_private": _(
        "Then we ask your worker whose card it is, someone talks with you, and you will be told. "
        "This takes time. If a child is in danger, call 999."
    ),
    "promise_after": _AFTER,
    "was_looked_up": _("Two people looked up which card you used, because they were worried that a child is not safe."),
}
# In every family the same, because those who can be chosen are the same.
_CHOSEN: dict[str, Text] = {
    "who_sees": _("You choose who reads it. People who keep children safe always do."),
    "promise": _("You choose who hears it"),
    "promise_more": _("You say who may hear it. It can be nobody. You can change it until you press Send."),
    "not_private": _(
        "People who keep children safe always read it too. If you are not safe, they tell others who can help. "
        "This takes time. If someone hurts you, tell a grown-up now."
    ),
    "next_steps": _("With your five words you can see who has read it, and find an answer."),
    # As in a conversation: nothing of it is counted.
    "receipt": _("These are your five words. Keep them if you like. With them you can take your answers back."),
    "hear": _("Who may hear this?"),
    "hear_more": _("Choose as many as you like. If you choose nobody, only people who keep children safe read it."),
    "hear_nobody": _("Only people who keep children safe"),
    "heard": _("Who may hear what you said"),
    "heard_always": _("People who keep children safe always may."),
}
SAID: dict[str, dict[str, dict[str, Text]]] = {
    NOBODY_KNOWS: {"children": {}, "young": {}, "adults": {}},
    IF_NOT_SAFE: {"children": _CHILDREN, "young": _YOUNG, "adults": _ADULTS},
    MY_PERSON: {"children": _CHOSEN, "young": _CHOSEN, "adults": _CHOSEN},
}


def said_of(promise: str, family: str) -> dict[str, Text]:
    """The words of a promise for one family, by their names in `Words`; none where they are those of the family."""
    return SAID[promise][family]
