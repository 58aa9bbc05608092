"""What a booklet of paper says that a phone need not, in the voice of each family of audiences.

It promises only what is true of paper: whoever picks it up can read it, and nobody can find it again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from surveys.answering.words import Text
from surveys.instrument.wording import Audience


@dataclass(frozen=True)
class PaperWords:
    """The sentences of one family that are only on paper."""

    choice: Text
    whoever_holds: Text
    not_back: Text
    how: Text
    no_name: Text
    ticked_for_me: Text
    fold: Text
    hand_in: Text
    typed_in: Text


CHILDREN = PaperWords(
    choice=_("You do not have to do this. If you say no, nothing changes for you."),
    whoever_holds=_("This is paper. Someone who picks it up can read it. So fold it when you have finished."),
    not_back=_("When you have given it to us, we cannot tell which one is yours. So you cannot get it back."),
    how=_("Tick one box for each question, or more where it says so. To change it, cross it out and tick another."),
    no_name=_("Do not write your name on it."),
    ticked_for_me=_("Someone ticks for me"),
    fold=_("Fold it so that nobody can see your answers."),
    hand_in=_(
        "If you have an envelope, put it in and close it. Then put it in the box, "
        "or give it back to the person who gave it to you."
    ),
    typed_in=_(
        "Two people type your answers into a computer. Nothing on this paper says who you are, if you write no names."
    ),
)
YOUNG = PaperWords(
    choice=_("It is up to you. If you say no, nothing changes for you."),
    whoever_holds=_("This is paper, so anyone who picks it up can read it. Fold it when you have finished."),
    not_back=_("Once you have handed it in, we cannot tell which one is yours, so you cannot take it back."),
    how=_("Tick one box for each question, unless it says more. To change an answer, cross it out and tick another."),
    no_name=_("Do not put your name on it."),
    ticked_for_me=_("Someone ticks for me"),
    fold=_("Fold it so that nobody can see your answers."),
    hand_in=_(
        "If there is an envelope, put it in and close it. Then put it in the box, "
        "or hand it back to the person who gave it to you."
    ),
    typed_in=_(
        "Two people type the answers into a computer. Nothing on this paper says who you are, if you write no names."
    ),
)
ADULTS = PaperWords(
    choice=_("It is up to you. If you say no, nothing changes for you or your family."),
    whoever_holds=_("This is paper: anyone who picks it up can read it. Please fold it when you have finished."),
    not_back=_("Once it is handed in, we cannot tell which one is yours, so you cannot take it back."),
    how=_(
        "Please tick one box for each question, unless it says more. "
        "To change an answer, cross it out and tick another."
    ),
    no_name=_("Please do not put your name on it."),
    ticked_for_me=_("Someone fills it in for me"),
    fold=_("Please fold it so that nobody can see the answers."),
    hand_in=_(
        "If there is an envelope, please put it in and close it. Then put it in the box, "
        "or return it to the person who gave it to you."
    ),
    typed_in=_(
        "Two people type the answers into a computer. Nothing on this paper says whose it is, if no names are written."
    ),
)


def paper_words_for(audience: Audience) -> PaperWords:
    """The family of words a booklet for this audience speaks with."""
    match audience:
        case Audience.AGE_4_5 | Audience.AGE_6_7 | Audience.AGE_8_11:
            return CHILDREN
        case Audience.AGE_12_17 | Audience.CARE_LEAVER:
            return YOUNG
        case Audience.PARENT_CARER | Audience.PROFESSIONAL | Audience.REFERRER:
            return ADULTS
