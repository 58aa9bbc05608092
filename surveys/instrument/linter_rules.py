"""What the linter looks for, as a table: why it matters in a sentence a 12-year-old understands, and who found that.

Sources: Coombes et al. 2021 (doi 10.1007/s11136-021-02814-4); Matza et al. 2013 (ISPOR task force, Value in Health
16:461-479); de Leeuw 2011 (Improving data quality when surveying children and adolescents); Benson and Hocevar 1985
(J. Educational Measurement 22:231-240); Krosnick and Presser 2010 (Handbook of Survey Research, ch. 9); TACT 2019
(Language that Cares); Kincaid et al. 1975 (Research Branch Report 8-75); Hall, Hume and Tazzyman 2016; Lamb et al. 2007
(Child Abuse & Neglect 31:1201-1231). Severities are ours, and to be tried with those who answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.instrument.wording import AT_WORK, Audience


class Severity(StrEnum):
    """How much a finding matters: to know, to do unless there is a reason, or to do before it can be frozen."""

    NOTE = "note"
    SHOULD = "should"
    MUST = "must"

    @property
    def weight(self) -> int:
        """From 0 for the least."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class LintRule:
    """One thing that makes a question bad; it is not looked for where an audience has no severity."""

    id: str
    name: str
    why: str
    evidence: str
    suggestion: str
    severity: Mapping[Audience, Severity]
    can_be_overridden: bool = True
    reads_english: bool = True


NOTE, SHOULD, MUST = Severity.NOTE, Severity.SHOULD, Severity.MUST
YOUNG = (Audience.AGE_4_5, Audience.AGE_6_7)
CHILDREN = (*YOUNG, Audience.AGE_8_11)
OLDER = (Audience.AGE_12_17, Audience.CARE_LEAVER, Audience.PARENT_CARER)


def _for(children: Severity, older: Severity, professionals: Severity | None = None) -> Mapping[Audience, Severity]:
    severities = {**dict.fromkeys(CHILDREN, children), **dict.fromkeys(OLDER, older)}
    return {**severities, **dict.fromkeys(sorted(AT_WORK), professionals)} if professionals else severities


_OF_ALL = dict.fromkeys(Audience, MUST)
_LIMIT_WHY = "If it is too much to hold in your head, you pick any answer so that it is over."
_LIMIT_EVIDENCE = "Coombes et al. 2021; Matza et al. 2013. The numbers are on the page about audiences."


def _limit(id_: str, name: str, suggestion: str, why: str = _LIMIT_WHY, evidence: str = _LIMIT_EVIDENCE) -> LintRule:
    """A limit of the audience: counted, not judged, so there is nothing to argue about and no override."""
    return LintRule(id_, name, why, evidence, suggestion, _OF_ALL, can_be_overridden=False, reads_english=False)


RULES: Mapping[str, LintRule] = {
    rule.id: rule
    for rule in (
        LintRule(
            "negation", "Asked with a no in it",
            "With a not in the question, people who mean yes say no, and the other way round.",
            "Benson and Hocevar 1985; de Leeuw 2011.",
            "Say it the other way round, without the not.",
            _for(MUST, SHOULD, SHOULD),
        ),
        LintRule(
            "double_barrelled", "Two questions in one",
            "If one half is yes and the other half is no, there is no true answer to give.",
            "Krosnick and Presser 2010; de Leeuw 2011.",
            "Ask one of them, or ask each by itself.",
            _for(MUST, MUST, SHOULD),
        ),
        LintRule(
            "leading", "Tells people what to answer",
            "It sounds as if there is a right answer, and many say that one to be nice.",
            "Krosnick and Presser 2010; de Leeuw 2011 (children want to please).",
            "Ask it so that a yes and a no are equally easy to say.",
            _for(MUST, MUST, MUST),
        ),
        LintRule(
            "account", "Asks to tell about abuse",
            "A survey cannot help at once, so nobody should have to tell it here who hurt them.",
            "Lamb et al. 2007: an account of abuse is asked for by somebody trained, in open questions, face to face.",
            "Ask about help instead: do you know who to tell, did they listen, did it get safer?",
            _for(MUST, MUST, MUST),
        ),
        LintRule(
            "jargon", "A word of the office",
            "People at work use this word; many who answer do not, or do not like it.",
            "TACT 2019, written with children in care; de Leeuw 2011.",
            "Use the better word.",
            _for(MUST, SHOULD),
        ),
        LintRule(
            "abstract", "A word for nothing you can see",
            "Everybody thinks of something else when they read this word, so the answers do not fit together.",
            "de Leeuw 2011 (to about 11 children take words literally); Coombes et al. 2021.",
            "Ask about something that happens and can be seen.",
            _for(SHOULD, NOTE),
        ),
        LintRule(
            "recall", "Too long ago",
            "Nobody remembers that far back well, so people guess.",
            "Matza et al. 2013; Coombes et al. 2021: the younger, the shorter. The windows are our own defaults.",
            "Ask about a shorter time.",
            # That remembering is hard is known; how long is too long is not, so nothing is stopped for it.
            _for(SHOULD, SHOULD, NOTE),
        ),
        LintRule(
            "reading_age", "Hard to read",
            "Long words in a long sentence are hard to read, and who cannot read it cannot answer it.",
            "Kincaid et al. 1975 (Flesch-Kincaid); GOV.UK writes for a reading age of 9. Lower ages are our own.",
            "Use shorter words, or two short sentences.",
            # Of one sentence the formula says too little to weigh more: see the figures in docs/reference/linter.md.
            _for(NOTE, NOTE, NOTE),
        ),
        LintRule(
            "feeling", "A strong word that pulls one way",
            "A word like brilliant or awful says what you are meant to feel before you have thought about it.",
            "Krosnick and Presser 2010. One signal among others: the polarity and subjectivity TextBlob gives it.",
            "Leave the strong word out, or name both ends: good or bad.",
            _for(SHOULD, SHOULD, SHOULD),
        ),
        LintRule(
            "audio", "Nobody reads it aloud",
            "Who does not read well yet can only answer what they can hear.",
            "Matza et al. 2013: many under 8 need somebody who reads it to them.",
            "Have somebody read the question and its answers aloud, and add the recording.",
            dict.fromkeys(YOUNG, SHOULD), reads_english=False,
        ),
        LintRule(
            "skip", "No way out",
            "Nobody has to answer; without a way out people make something up, or stop.",
            "de Leeuw 2011; Fritzley and Lee 2003 (the young say no to what they do not understand).",
            "Offer both “I don’t know” and “I don’t want to say”.",
            _OF_ALL, reads_english=False,
        ),
        LintRule(
            "same", "Asked twice",
            "Who adds both answers up learns more about one person than from one, so figures would protect less.",
            "Asghar and Kaafar 2020: many looks at the same people average noise out. Ours carries eight.",
            "Ask it once. If it is needed in two places, give it one code.",
            _OF_ALL, can_be_overridden=False,
        ),
        LintRule(
            "alike", "Nearly asked twice",
            "Two questions about the same thing tell more about one person than one does, and nobody likes to be asked "
            "twice.",
            "The look budget, as above. How near is too near no program knows.",
            "Ask one of them, or make plainer what the other one is about.",
            dict.fromkeys(Audience, SHOULD),
        ),
        _limit("length", "Too many questions", "Leave out what nobody will use."),
        _limit("options", "Too many answers to choose from", "Leave out answers, or join two into one."),
        _limit("words", "Too many words", "Say it in fewer words."),
        _limit("several", "Several at once", "Ask for one answer."),
        _limit("pictures", "Pictures that do not fit", "Answer in words, or take the faces that fit the age."),
        _limit(
            "faces", "Only happy faces", "Add an unhappy face.",
            "If every face smiles, nobody can say that something is wrong.", "Hall, Hume and Tazzyman 2016.",
        ),
        _limit(
            "use", "Counting the youngest", "Make it a conversation.",
            "Four and five year olds can tell us things, but not in a way that can be counted.", "Coombes et al. 2021.",
        ),
    )
}  # fmt: skip
JUDGED = (
    "negation",
    "double_barrelled",
    "leading",
    "account",
    "jargon",
    "abstract",
    "recall",
    "reading_age",
    "feeling",
)
"""The rules that judge words and can be wrong, and are therefore measured; the others count."""

RECALL_DAYS: Mapping[Audience, int] = {
    Audience.AGE_4_5: 0,
    Audience.AGE_6_7: 1,
    Audience.AGE_8_11: 7,
    Audience.AGE_12_17: 31,
    Audience.CARE_LEAVER: 92,
    Audience.PARENT_CARER: 92,
    Audience.PROFESSIONAL: 92,
    Audience.REFERRER: 92,
}
"""How many days back each audience is asked about, at most: today, yesterday, a week, a month, three months.

The evidence says that remembering is hard, and no number; these are our own defaults, to be tried with who answers.
"""

READING_AGE: Mapping[Audience, float] = {
    Audience.AGE_4_5: 7,
    Audience.AGE_6_7: 7,
    Audience.AGE_8_11: 8,
    Audience.AGE_12_17: 9,
    Audience.CARE_LEAVER: 9,
    Audience.PARENT_CARER: 9,
    Audience.PROFESSIONAL: 18,
    Audience.REFERRER: 18,
}
"""The highest reading age, in years, at which each audience is asked: 9 is GOV.UK's for everybody; those below it, and
that of professionals, are our own defaults.
"""
