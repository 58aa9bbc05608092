"""Whom a child can choose to be heard by: what somebody is to the child, never a name.

The page of a survey is the same for everybody, so it names no member of staff. The English words are those of the desk;
`surveys.answering.hearer_words` says them to the child. The list is ours, to be tried with children.
"""

from __future__ import annotations

# By their codes, in the order in which they are offered.
HEARERS: dict[str, str] = {
    "social_worker": "My social worker",
    "reviewing_officer": "My reviewing officer (IRO)",
    "advocate": "My advocate",
    "fosterers_worker": "My foster carer’s worker",
    "home_manager": "The person who runs my home",
    "personal_adviser": "My personal adviser",
    "youth_worker": "My youth worker",
}
# What is sent for *only the people who keep children safe*.
NOBODY_ELSE = "nobody_else"
