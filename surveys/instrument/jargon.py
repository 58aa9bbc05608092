"""Words of the office, and words for nothing one can see, each with a better one.

The list grows with what children say; it began with words that children in care object to (TACT 2019, Language that
Cares), and is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from surveys.instrument.wording import Audience

JARGON: Mapping[str, str] = {
    r"placements?": "where you live, or your home",
    r"respite(?: care)?": "a short stay with somebody else",
    r"siblings?": "brothers and sisters",
    r"peers?": "friends, or others of your age",
    r"caregivers?|primary carers?": "who looks after you",
    r"(?:un)?supervised (?:contact|visits?)": "seeing your family with somebody there",
    r"contact (?:with|arrangements?|visits?|time|cent(?:re|er)s?|sessions?|plan)|(?:was|is|like|your|have|of) contact":
        "seeing your family",
    r"(?:key ?|link ?|duty )workers?": "the name you use for that person",
    r"duty team": "the social workers who are there that day",
    r"professionals?|practitioners?": "people who work with you, such as a teacher",
    r"multi-?(?:agency|disciplinary)|inter-?(?:agency|disciplinary)": "people from different places who work together",
    r"(?:another|an|the|other) agency|agencies": "others who can help",
    r"transitions?|transitional|transitioning": "moving on, or the change",
    r"statutory": "what has to happen by law",
    r"assessments?|assessed": "finding out what would help",
    r"referrals?|refer(?:red)? you": "asking somebody else to help",
    r"thresholds?": "how bad it has to be before somebody steps in",
    r"section \d+\w*|s\.?\d{2}": "what it means, in words",
    r"(?:child protection|case|strategy|initial|review|family group) (?:conferences?|meetings? minutes)":
        "the meeting about keeping your child safe",
    r"strategy (?:meeting|discussion)s?": "the meeting",
    r"core groups?": "the people who meet about your plan",
    r"child protection plans?|child in need plans?|care plans?": "your plan",
    r"pathway plans?": "the plan for when you leave care",
    r"personal advisers?|personal advisors?": "the person who helps you after care",
    r"public law outline|pre-proceedings|care proceedings": "the steps before the family court",
    r"early interventions?|early help offers?": "help before things get worse",
    r"safeguarding": "keeping you safe",
    r"corporate parents?": "the people in the council who must look after you",
    r"local authority": "the council",
    r"looked[- ]after child(?:ren)?": "children in care",
    r"independent reviewing officers?": "the person who runs your review",
    r"permanence|permanency": "a home to stay in",
    r"(?:semi|supported)[- ]independent|supported (?:accommodation|lodgings)": "a room with somebody there to help",
    r"arrears": "rent you have not paid yet",
    r"tenanc(?:y|ies)": "your right to rent your home",
    r"abscond\w*": "run away, or go missing",
    r"(?:challenging|presenting) behaviou?rs?": "having a hard time",
    r"attachments?|de-?escalat\w+|restraint": "what it looks like, in plain words",
    r"birth (?:parents?|mother|father|family)|biological parents?": "your parents, or mum and dad",
    r"service users?|clients?|cohorts?": "people",
    r"signpost\w*": "telling you where to go",
    r"disclos(?:e|ed|ure|ures)": "tell somebody, telling somebody",
    r"caseloads?": "how many families one worker has",
    r"wishes and feelings": "what you want, and how you feel",
}  # fmt: skip
ABBREVIATIONS: Mapping[str, str] = {
    r"LAC|CLA|CIC": "in care",
    r"IRO": "the person who runs your review",
    r"PEP|EHCP|SEND?|SENCO": "what it stands for, or your plan at school",
    r"CIN|CPP?|ICPC|RCPC|CAF|MASH|PLO|LADO|TAC|TAF": "what it stands for, in plain words",
    r"CSE|CCE|DV|NRM|MACE": "what happens, in plain words, and only if it has to be asked",
    r"NEET": "not in work, school or training",
    r"PA|SGO|ISO|YOT|CAMHS|UASC": "what it stands for, in plain words",
}
ABSTRACT: Mapping[str, str] = {
    r"support(?:ed|ive)?": "help",
    r"well-?being": "how you feel, or how you sleep",
    r"relationships?": "getting on with each other",
    r"services?|provisions?": "the people who help you",
    r"satisf(?:ied|action)": "happy with it",
    r"emotional(?:ly)?|mental health": "how you feel",
    r"empower(?:ed|ment|ing)?": "you can decide",
    r"opportunit(?:y|ies)": "you can, or you were asked",
    r"communicat(?:ion|e|ing)": "talking",
    r"circumstances|situations?": "how things are at home",
    r"participat(?:ion|e|ing)|involve(?:ment|d)|engage(?:ment|d)?": "being asked, or joining in",
    r"outcomes?|impacts?": "what changed",
    r"(?:your|their|meets?|met|unmet|additional) needs": "what you need",
    r"belonging|identity|self-esteem|resilience|stability": "what you would see or do",
    r"quality|effectiveness|effective": "good, or what is good about it",
    r"meaningful|appropriate(?:ly)?|adequate(?:ly)?": "what would make it good",
    r"independence|autonomy": "doing things by yourself",
    r"(?:personal )?development": "learning something new",
    r"interventions?|functioning|processes|process|procedures?": "what people did",
    r"expectations?|requirements?|considerations?": "what you want, or what you were told",
    r"access to|accessible|available resources|resources": "you can get",
    r"beneficial|benefits? of": "helped",
}
_KNOWN: Mapping[Audience, frozenset[str]] = {
    Audience.CARE_LEAVER: frozenset({r"pathway plans?", r"personal advisers?|personal advisors?"}),
}


class Better(NamedTuple):
    """A word found at a place of a text, and what to say instead."""

    start: int
    end: int
    better: str


class _List:
    """A list of words, found in one pass."""

    def __init__(self, words: Mapping[str, str], flags: int = 0) -> None:
        self.words = tuple(words.items())
        whole = "|".join(f"({_uncaptured(pattern)})" for pattern, _ in self.words)
        self.pattern = re.compile(rf"\b(?:{whole})\b", flags)

    def found(self, text: str, known: frozenset[str]) -> Iterator[Better]:
        for match in self.pattern.finditer(text):
            pattern, better = self.words[(match.lastindex or 1) - 1]
            if pattern not in known:
                yield Better(match.start(), match.end(), better)


def _uncaptured(pattern: str) -> str:
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


_JARGON = _List(JARGON, re.IGNORECASE)
_ABBREVIATIONS = _List(ABBREVIATIONS)
_ABSTRACT = _List(ABSTRACT, re.IGNORECASE)


def jargon_in(text: str, audience: Audience) -> list[Better]:
    """The words of the office that this audience does not know, in the order in which they stand."""
    known = _KNOWN.get(audience, frozenset())
    return sorted([*_JARGON.found(text, known), *_ABBREVIATIONS.found(text, known)])


def abstract_in(text: str) -> list[Better]:
    """The words for nothing one can see, in order."""
    return list(_ABSTRACT.found(text, frozenset()))
