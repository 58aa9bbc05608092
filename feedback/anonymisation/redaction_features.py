"""What the learned layer sees of a word: the word, how it is written, what lists know of it, and its neighbours.

Pure. A feature is a short string; a word has some thirty, whatever the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedback.anonymisation import redaction_words as known
from feedback.anonymisation.redaction_lists import Lists
from feedback.anonymisation.redaction_text import Word

NUMBERS = known.NUMBERS
SMALL, CHILD, GROWN, YEAR_LENGTH = 2, 19, 99, 4
# Of a piece of such a shape the letters say nothing to its neighbours.
SHAPES = frozenset({"EMAIL", "URL", "PHONE", "HANDLE", "POSTCODE"})
# Words of a text.
SHORT, LONG = 4, 15


def features(words: Sequence[Word], lists: Lists) -> Iterator[list[str]]:
    """The features of each word, in order; one word's at a time, so that a long text takes no more memory."""
    facts = [_facts(word, lists) for word in words]
    lows = ["<", "<", *(fact[0] for fact in facts), ">", ">"]
    classes = ["<", "<", *(fact[1] for fact in facts), ">", ">"]
    has_capitals = any(word.is_capital and not word.is_shouted for word in words)
    size = "size short" if len(words) < SHORT else "size long" if len(words) > LONG else "size middling"
    for at, word in enumerate(words):
        found = _of_itself(word, facts[at], has_capitals)
        found += _of_lists(word, lists, lows[at + 1] if not word.opens else "<", lows[at + 3])
        found += _of_neighbours(lows, classes, at, words)
        found += _of_marks(classes, at, words)
        found.append(size)
        yield found


def _facts(word: Word, lists: Lists) -> tuple[str, str]:
    """How a word is spelt, digits by how large they are, and the class of words it belongs to."""
    low = word.low
    if word.label in SHAPES:
        return word.label, word.label
    if low[:1].isdigit():
        low = _number(low)
        return low, "number"
    if low in NUMBERS:
        return low, "in words"
    if low in known.KIN:
        return low, "kin"
    if low in known.TITLES or low in known.LOOSE_TITLES:
        return low, "title"
    return low, word.kind + " " + lists.tag(low)


def _number(low: str) -> str:
    digits = low.rstrip("stndrhyo")
    if not digits.isdigit():
        return "#mixed"
    if len(digits) == YEAR_LENGTH and digits[:2] in {"19", "20"}:
        return "#year"
    value = int(digits[:5])
    size = "small" if value <= SMALL else "child" if value <= CHILD else "grown" if value <= GROWN else "large"
    return f"#{size} {low[len(digits) :]}"


def _of_itself(word: Word, fact: tuple[str, str], has_capitals: bool) -> list[str]:
    low, kind = fact
    shape = "shouted" if word.is_shouted else "capital" if word.is_capital else "small"
    opens = " opens" if word.opens else ""
    return [
        "all",
        "w " + low,
        "k " + kind,
        "s " + shape + opens + (" amid" if has_capitals else ""),
        "ks " + kind + shape + opens,
        "ws " + low + shape + opens,
        "p " + low[:3],
        "e " + low[-3:],
        "e " + low[-2:],
        "l " + str(min(len(low), 10)) + word.kind,
    ]


def _of_lists(word: Word, lists: Lists, left: str, right: str) -> list[str]:
    """Whether an ordinary word is in a list of names or of places too, and what stands beside it then."""
    names = "n" if word.low in lists.both or word.low in known.WORD_NAMES else ""
    places = "p" if word.low in lists.places else ""
    if not names and not places:
        return ["no list"]
    which = "both " + names + places
    opens = " opens" if word.opens else ""
    return [which + opens, which + " -1 " + left, which + " +1 " + right]


def _of_neighbours(lows: list[str], classes: list[str], place: int, words: Sequence[Word]) -> list[str]:
    """The words around; a neighbour beyond the end of a sentence is none."""
    at, opens, kind = place + 2, words[place].opens, words[place].kind
    last = _is_last(words, place)
    left, left_class = ("<", "<") if opens else (lows[at - 1], classes[at - 1])
    right, right_class = (">", ">") if last else (lows[at + 1], classes[at + 1])
    further = ">" if last or _is_last(words, place + 1) else lows[at + 2]
    before = "<" if opens or words[place - 1].opens else lows[at - 2]
    return [
        "-1 " + left,
        "+1 " + right,
        "-1k " + left_class + kind,
        "+1k " + right_class + kind,
        "-1+1 " + left + " " + right,
        "-1+1k " + left_class + " " + right_class,
        "-2-1 " + before + " " + left,
        "+1+2 " + right + " " + further,
        "-1w " + left + " " + lows[at],
        "+1w " + lows[at] + " " + right,
        "-1wk " + left + " " + classes[at],
        "+1wk " + right + " " + classes[at],
        "-2 " + before + kind,
        "+2 " + further + kind,
    ]


def _of_marks(classes: list[str], place: int, words: Sequence[Word]) -> list[str]:
    """What the rules have marked beside it."""
    found = []
    if not words[place].opens and words[place - 1].label:
        found.append("-1l " + words[place - 1].label + classes[place + 1][:4])
    if not _is_last(words, place) and words[place + 1].label:
        found.append("+1l " + words[place + 1].label + classes[place + 3][:4])
    return found


def _is_last(words: Sequence[Word], place: int) -> bool:
    return place + 1 >= len(words) or words[place + 1].opens
