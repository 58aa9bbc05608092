"""How each rule that judges words finds them. Every pattern reads a text once: what may lie between is bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from surveys.instrument.jargon import abstract_in, jargon_in
from surveys.instrument.linter_rules import READING_AGE, RECALL_DAYS, Severity
from surveys.instrument.reading_age import WORD, reading_age, syllables
from surveys.instrument.sentiment import sentiment
from surveys.instrument.wording import Audience

SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\0": " "})


class Asked(NamedTuple):
    """What is judged: the words, with plain quotation marks, whose they are, and the answers offered."""

    text: str
    audience: Audience
    labels: tuple[str, ...] = ()


class Hit(NamedTuple):
    """One place at which a rule is broken; a suggestion or severity of its own where it has one."""

    what: str
    start: int
    end: int
    suggestion: str = ""
    severity: Severity | None = None


Check = Callable[[Asked], Iterator[Hit]]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _said(match: re.Match[str]) -> str:
    return " ".join(match.group().split()).strip(" ,?.")[:60]


_AUX = r"(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|wo|ca)"
_TAG = rf", ?(?:{_AUX}n't|right|yes|ok(?:ay)?)(?: (?:i|you|he|she|it|we|they|there))? ?\?"
_NEGATIVE_START = rf"(?:^|[.!?] +|, *){_AUX}n't (?!there\b|any|no)\w+"
_LEADS = _any(
    _TAG,
    _NEGATIVE_START,
    r"\b(?:do|does|would|will|don't) (?:you|your \w+) (?:not )?agree that\b",
    r"\b(?:surely|obviously|clearly|naturally|of course|needless to say|as (?:you|we|everyone) knows?)\b",
    r"\b(?:every(?:one|body)|most|all) (?:other |good )?(?:child(?:ren)?|young people|kids|people|parents|families)? ?"
    r"(?:knows?|likes?|loves?|finds?|says?|thinks?|enjoys?|wants?|agrees?)\b",
    r"(?:^|[,.] )given (?:how|that|all|the)\b|\bas a (?:good|caring|responsible|loving)\b",
    r"\b(?:tell|name|write|say|give)\b[^.?!]{0,20}\b(?:one|two|three|four|five|\d) (?:good|nice|great|best|bad)\b",
    r"\bhow much (?:better|happier|safer|easier|nicer)\b",
    r"\bhow much (?:did|do|does|has|have)\b[^.?!]{0,60}\b(?:help|helped|improved?|got better|gained?|enjoy(?:ed)?)\b",
    r"^(?:you|we|i) [^.?!]{3,80}, (?:so|and so) (?:will|do|are|would|can) you\b",
)


def leading(asked: Asked) -> Iterator[Hit]:
    """Tags, a no at the beginning, what everybody does, and what is taken for granted."""
    for match in _LEADS.finditer(asked.text):
        yield Hit(f"“{_said(match)}” tells people what to answer.", *match.span())


_NOT = _any(
    r"\b(?:not|never|nobody|no one|none|nothing|nowhere|neither|cannot|without|untrue|disagree)\b",
    r"\b\w+n't\b",
    r"(?<!or )\bun(?:happy|safe|fair|kind|able|comfortable|helpful|clear|important|likely|necessary)\b",
    r"(?<!say )(?<!or )\bno (?!in\b|to\b|or\b|matter\b)\w",
)
_NOT_MEANT = _any(
    _TAG,
    _NEGATIVE_START,
    r"\bor not\b|\bwhy not\b|\bnot only\b|\bif not\b|\bnot sure\b|\bnot yet\b",
)
_AS_AN_ANSWER = _any(r"\bi don't know\b|\bi don't want to say\b|\brather not\b")


def negation(asked: Asked) -> Iterator[Hit]:
    """A not, a never, a nobody; two of them are never let through lightly."""
    meant = [match.span() for pattern in (_NOT_MEANT, _AS_AN_ANSWER) for match in pattern.finditer(asked.text)]
    found = [match for match in _NOT.finditer(asked.text) if not _inside(match.start(), meant)]
    twice = Severity.MUST if len(found) > 1 else None
    for match in found[:1]:
        many = "A double no" if twice else "A no"
        yield Hit(f"{many} stands in the question: “{_said(match)}”.", *match.span(), severity=twice)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


# Of what goes together nobody answers the halves apart.
_PAIRS = _any(
    r"\b(?:mums?|mothers?|dads?|fathers?|nans?|grandmas?) and (?:your )?"
    r"(?:mums?|mothers?|dads?|fathers?|grandads?|grandpas?)\b",
    r"\b(?:brothers?|sisters?) and (?:your )?(?:brothers?|sisters?)\b",
    r"\b(?:friends?|family) and (?:your )?(?:friends?|family)\b",
    r"\b(?:parents?|children|families) and (?:carers?|young people|children|families)\b",
    r"\b(?:foster carers? and (?:their )?famil(?:y|ies)|health and social care|wishes and feelings)\b",
    r"\b(?:again and again|more and more|day and night|now and then|ups and downs|right and wrong|on and off)\b",
    r"\byou and your [\w ]{2,30}? (?:agree|get on|talk|meet|see each other|live|have the same)\b",
    r"\bbetween [\w ]{1,40} and\b",
    r"\bsafe and (?:well|sound)\b|\b(?:come|go|wait|try) and \w+\b|\b(?:food|bread) and \w+\b|\brent and bills\b",
)
_AND = _any(r"\band/or\b", r"\band\b", r"(?<= )& ", r"\bas well as\b", r"\balong with\b")
_AND_WHY = re.compile(r",? and why\W*\Z", re.IGNORECASE)
_MORE_QUESTIONS = re.compile(r"\?[\s\"')]+(?=\w+ \w[^?]{0,200}\?)")


def double_barrelled(asked: Asked) -> Iterator[Hit]:
    """An *and* that joins what can be answered apart; an *or* is left alone, as it mostly offers a choice."""
    spared = [match.span() for match in _PAIRS.finditer(asked.text)]
    if not asked.labels and (why := _AND_WHY.search(asked.text)):
        # In their own words people can say what and why.
        spared.append(why.span())
    for match in _AND.finditer(asked.text):
        if not _inside(match.start(), spared):
            yield Hit(f"“{_said(match)}” joins two things that can have two answers.", *match.span())
            return
    for match in _MORE_QUESTIONS.finditer(asked.text):
        yield Hit("Two questions are asked at once.", *match.span())
        return


_HARM = (
    r"(?:hit|hits|hitting|hurt|hurts|hurting|beat|beats|beaten|kick(?:s|ed)?|slap(?:s|ped)?|punch(?:es|ed)?|"
    r"touch(?:es|ed)?|abus(?:e|es|ed|ive)|assault(?:s|ed)?|rap(?:e|ed)|molest(?:s|ed)?|threaten(?:s|ed)?|"
    r"neglect(?:s|ed)?|harm(?:s|ed)?|bull(?:y|ies|ied)|attack(?:s|ed)?|groom(?:s|ed)?|scream(?:s|ed)? at)"
)
_ACCOUNT = _any(
    rf"\b{_HARM}\b[^.?!]{{0,15}}\b(?:you|your child|your children|me)\b",
    rf"\b(?:were|are|was|is|been|being|be|gets?|got) (?:you |they )?(?:ever |often |sexually |physically )?{_HARM}\b",
    rf"\b(?:have|did|do) you (?:ever )?{_HARM}\b[^.?!]{{0,15}}\b(?:child|children|son|daughter|partner|baby)\b",
    rf"\b(?:tell|describe|write|show|explain|draw)\b[^.?!]{{0,50}}\b(?:{_HARM}|violence|abuser?|did to you)\b",
    r"\b(?:what|which things?|who)\b[^.?!]{0,50}\b(?:do|did|does|done|doing) (?:this |that |it )?to you\b",
    r"\bsexual(?:ly)?\b|\bdomestic (?:violence|abuse)\b|\btouch(?:es|ed)? your (?:body|private)\b",
    r"\b(?:details?|story) of (?:the|your) (?:abuse|violence|assault)\b",
)
# Then it is asked whether help is known and was good, which a survey may and should ask.
_ABOUT_HELP = _any(
    r"\bwho (?:to|can|could|would|do) (?:you )?(?:tell|talk|call|ring|ask|go|turn|speak)\b",
    r"\b(?:know|knew) (?:who|how|where|what) to\b|\bdid (?:they|it|she|he|somebody|anyone) (?:help|listen|stop)\b",
    r"\bwho (?:helps|helped) you\b|\b(?:tell|told|talk to) (?:somebody|someone|an adult|a grown-up)\b",
    r"\bsafe from\b|\bget help\b|\bkeep you safe\b",
)


def account(asked: Asked) -> Iterator[Hit]:
    """Who hurts you, what was done to you, tell us about it."""
    if _ABOUT_HELP.search(asked.text):
        return
    for match in _ACCOUNT.finditer(asked.text):
        yield Hit(f"“{_said(match)}” asks somebody to tell what was done to them.", *match.span())
        return


_UNITS = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.5, "year": 365.25, "decade": 3652.5}
_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {name: float(number) for number, name in enumerate(_COUNTED.split(), start=1)}
_NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3, "several": 4, "a number of": 4}
_HOW_MANY = rf"(?P<{{0}}>\d{{{{1,4}}}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<{0}>day|night|week|fortnight|month|year|decade)s?\b"
_SPANS = _any(
    rf"\b(?:last|past|previous|preceding) (?:{_HOW_MANY.format('n1')} )?{_UNIT.format('u1')}",
    rf"\b{_HOW_MANY.format('n2')} {_UNIT.format('u2')} ago\b",
)
_LONG_AGO = _any(
    r"\bwhen you were (?:very |really )?(?:little|small|young|younger|a baby|a (?:young |small )?child|a toddler)\b",
    r"\b(?:your|the) (?:very )?first (?:days?|weeks?|months?) (?:in|of|with)\b|\bas a (?:young )?child,",
)
_EVER = re.compile(r"\b(?:has|have|had)\b[^.?!]{0,40}\bever\b", re.IGNORECASE)
_OTHER_TIMES = (
    (_LONG_AGO, 3 * 366),
    (re.compile(r"\bthis year\b", re.IGNORECASE), 366),
    (re.compile(r"\bthis (?:term|school year)\b", re.IGNORECASE), 92),
    (_EVER, 31),
    (re.compile(r"\bthis month\b", re.IGNORECASE), 31),
    (re.compile(r"\bthis week\b", re.IGNORECASE), 7),
    (re.compile(r"\byesterday\b", re.IGNORECASE), 1),
)


def recall(asked: Asked) -> Iterator[Hit]:
    """A time further back than this audience is asked about."""
    window = RECALL_DAYS[asked.audience]
    for match in _SPANS.finditer(asked.text):
        if _days(match) > window:
            yield Hit(f"“{_said(match)}” is further back than {_in_words(window)}.", *match.span())
            return
    for pattern, days in _OTHER_TIMES:
        if days > window and (found := pattern.search(asked.text)):
            yield Hit(f"“{_said(found)}” is further back than {_in_words(window)}.", *found.span())
            return


def _days(match: re.Match[str]) -> float:
    number = match["n1"] or match["n2"] or "1"
    unit = match["u1"] or match["u2"]
    many = _NUMBERS.get(number.lower(), 0) or (float(number) if number.isdecimal() else 1.0)
    return many * _UNITS[unit.lower()]


def _in_words(days: int) -> str:
    return {0: "today", 1: "yesterday", 7: "a week", 31: "a month", 92: "three months"}[days]


def jargon(asked: Asked) -> Iterator[Hit]:
    """Each word of the office, with the better one."""
    for found in jargon_in(asked.text, asked.audience):
        said = asked.text[found.start : found.end]
        yield Hit(f"“{said}” is a word of the office.", found.start, found.end, f"Better: {found.better}.")


def abstract(asked: Asked) -> Iterator[Hit]:
    """Each word for nothing one can see."""
    for found in abstract_in(asked.text):
        said = asked.text[found.start : found.end]
        yield Hit(f"Nobody can see “{said}”.", found.start, found.end, f"Better: {found.better}.")


# A sentence of short words is not hard, whatever the formula says of so few.
LONG_WORD = 4
# Words that all who answer know by ear, however long they are.
_HEARD = (
    "social worker workers family families somebody anybody everybody carer carers foster together teacher meeting "
    "meetings adviser personal pathway conversation children people united director afternoon yesterday decision "
    "decisions important"
)
_BY_EAR = frozenset(_HEARD.split())


def hard_to_read(asked: Asked) -> Iterator[Hit]:
    """A sentence for readers older than this audience, with a long word in it that no other rule has named."""
    named = {word.lower() for word in _words_named(asked)}
    easy = _BY_EAR | named
    age = reading_age(asked.text, easy)
    longest = max((syllables(word) for word in WORD.findall(asked.text) if word.lower() not in easy), default=0)
    if age is not None and age > READING_AGE[asked.audience] and longest >= LONG_WORD:
        said = f"It reads like a text for {min(round(age), 18)} year olds{' and older' if age > 18 else ''}."
        yield Hit(said, 0, len(asked.text))


def _words_named(asked: Asked) -> Iterator[str]:
    for found in (*jargon_in(asked.text, asked.audience), *abstract_in(asked.text)):
        yield from WORD.findall(asked.text[found.start : found.end])


_STRONG = _any(
    r"\b(?:amazing|awesome|brilliant|excellent|fantastic|fabulous|great|incredible|lovely|marvell?ous|outstanding|"
    r"perfect|superb|terrific|wonderful|awful|appalling|disgusting|dreadful|hated?|horrible|horrid|nasty|pathetic|"
    r"pointless|ridiculous|shocking|stupid|terrible|useless|unfair|lucky|grateful|thankful|intrusive)\b",
)
_HOW_GOOD = re.compile(
    r"\bhow (?:very |really )?(?:happy|pleased|satisfied|glad|helpful|useful|good|kind|nice|bad|scary|upset|angry|"
    r"unhappy|proud)\b(?! or )",
    re.IGNORECASE,
)
_OPPOSITE = re.compile(r"\b(?:or|and) (?:un|not |bad|good|sad|scary|worse|better|kind)", re.IGNORECASE)
# Beyond both, and only then, the lexicon's word counts by itself.
STRONG_POLARITY, STRONG_SUBJECTIVITY = 0.75, 0.75


def feeling(asked: Asked) -> Iterator[Hit]:
    """A strong word, one end of a scale, or a question that TextBlob's lexicon finds strongly coloured."""
    for pattern in (_STRONG, _HOW_GOOD):
        for match in pattern.finditer(asked.text):
            if not _OPPOSITE.match(asked.text, match.end() + 1):
                yield Hit(f"“{_said(match)}” pulls one way.", *match.span())
                return
    polarity, subjectivity = sentiment(asked.text)
    if abs(polarity) >= STRONG_POLARITY and subjectivity >= STRONG_SUBJECTIVITY and " or " not in asked.text:
        yield Hit("The words together pull one way.", 0, len(asked.text))


CHECKS: Mapping[str, Check] = {
    "account": account,
    "leading": leading,
    "double_barrelled": double_barrelled,
    "negation": negation,
    "recall": recall,
    "jargon": jargon,
    "feeling": feeling,
    "abstract": abstract,
    "reading_age": hard_to_read,
}
