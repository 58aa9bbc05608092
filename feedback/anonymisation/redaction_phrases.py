"""Places, schools, services and streets: names that begin or end with a telling word. Pure.

Each function looks at one word and its nearest neighbours, and marks words; none looks further than five words.
"""

from __future__ import annotations

from feedback.anonymisation import redaction_words as known
from feedback.anonymisation.redaction_lists import BOTH, NAME, UNKNOWN, Lists
from feedback.anonymisation.redaction_text import Word

FURTHEST = 4
HOLY = {
    "our": frozenset({"lady", "ladys", "ladies"}),
    "all": frozenset({"saints", "hallows"}),
    "sacred": frozenset({"heart"}),
    "blessed": frozenset({"sacrament", "trinity"}),
    "corpus": frozenset({"christi"}),
    "immaculate": frozenset({"heart", "conception"}),
    "holy": frozenset({"cross", "trinity", "family", "rood", "rosary", "name"}),
}


def give_label(words: list[Word], first: int, last: int, label: str) -> None:
    """Gives these words a label, the last one included, where they have none."""
    for word in words[first : last + 1]:
        word.label = word.label or label


def is_telling(word: Word) -> bool:
    """Whether a word can be what something is called: a capital inside a sentence, a name, or unknown."""
    return word.kind in {NAME, UNKNOWN} or (word.is_capital and not word.opens and not word.is_shouted)


def before(words: list[Word], at: int) -> str:
    """The word before, in small letters; nothing at the beginning of a sentence."""
    return words[at - 1].low if at and not words[at].opens else ""


def after(words: list[Word], at: int) -> str:
    """The word after, in small letters; nothing at the end of a sentence."""
    return words[at + 1].low if at + 1 < len(words) and not words[at + 1].opens else ""


def mark_phrases(words: list[Word], lists: Lists) -> None:
    """Marks everything that is called something as a whole."""
    for at, word in enumerate(words):
        if word.label:
            continue
        _saint(words, at, lists)
        _listed(words, at, lists.schools, "SCHOOL")
        if word.low in known.SCHOOLS:
            _school(words, at)
        elif word.low in known.STREETS | known.LESSER_STREETS:
            _street(words, at)
        if word.low in known.HOUSES:
            _house(words, at)
        elif word.low in known.HOUSES_BY_NAME and before(words, at) == "the":
            give_label(words, at - 1, at, "ORG")
        elif word.low in known.NATURE and before(words, at) in {"carers", "youth", "family"}:
            give_label(words, at - 2 if before(words, at - 1) in known.PASSING else at - 1, at, "ORG")
        _listed(words, at, lists.long_places, "PLACE")
        _place(words, at, lists)


def _saint(words: list[Word], at: int, lists: Lists) -> None:
    """St Marys, Holy Cross: a school or a church."""
    if at + 1 >= len(words) or words[at + 1].opens or words[at + 1].label:
        return
    following = words[at + 1]
    is_saint = words[at].low in {"st", "saint"} and (is_telling(following) or lists.kind(following.low) == BOTH)
    called = HOLY.get(words[at].low, frozenset())
    if is_saint or following.low in called:
        give_label(words, at, at + 1, "SCHOOL")


def _listed(words: list[Word], at: int, phrases: dict[str, list[tuple[str, ...]]], label: str) -> None:
    """Something of several words that stands in a list."""
    for phrase in phrases.get(words[at].low, ()):
        here = words[at : at + len(phrase)]
        if tuple(word.low for word in here) == phrase and not any(word.opens for word in here[1:]):
            give_label(words, at, at + len(phrase) - 1, label)
            return


def _school(words: list[Word], at: int) -> None:
    first = at
    while _belongs_to_school(words, first - 1, at):
        first -= 1
    if first == at and words[at].low in {"ysgol"} and at + 1 < len(words):
        give_label(words, at, at + 1, "SCHOOL")
    if first < at and any(_names_a_school(words, place, at) for place in range(first, at)):
        give_label(words, first, at, "SCHOOL")


def _belongs_to_school(words: list[Word], place: int, at: int) -> bool:
    if place < 0 or at - place > FURTHEST or words[place + 1].opens:
        return False
    word = words[place]
    if word.label == "SCHOOL" or word.low in known.SCHOOLS | known.SCHOOLY:
        return True
    return word.low not in known.NOT_OF_SCHOOLS and (is_telling(word) or word.is_capital or place == at - 1)


def _names_a_school(words: list[Word], place: int, at: int) -> bool:
    """Something but the words that stand before any school."""
    word = words[place]
    if word.label == "SCHOOL" or word.kind in {NAME, UNKNOWN}:
        return True
    if word.is_capital and word.low not in known.NOT_OF_SCHOOLS | known.SCHOOLS:
        return True
    told = before(words, place) in {"at", "from", "to", "go", "the", "called", "into", "in"}
    return word.low not in known.NOT_OF_SCHOOLS | known.SCHOOLS and (told or place == 0) and place == at - 1


def _house(words: list[Word], at: int) -> None:
    """Maple Lodge, the Haven project; not my house, nor the family centre."""
    first = at
    while first and not words[first].opens and (words[first - 1].low in known.PASSING | known.HOUSES):
        first -= 1
    named = first
    while named and not words[named].opens and at - named < FURTHEST and _names_a_house(words, named - 1):
        named -= 1
    if named < first:
        has_the = named and words[named - 1].low == "the"
        give_label(words, named - 1 if has_the else named, at, "ORG")
    elif words[at].low == "team" and after(words, at) in {"north", "south", "east", "west"}:
        give_label(words, at, at + 1, "ORG")
    elif words[at].low in {"team", "unit", "house"} and at + 1 < len(words) and words[at + 1].low.isdigit():
        last = at + 2 if after(words, at + 1) in {"north", "south", "east", "west"} else at + 1
        give_label(words, at, last, "ORG")


def _names_a_house(words: list[Word], place: int) -> bool:
    word = words[place]
    if word.low in known.KIN | known.CAPITALS | known.TITLES or len(word.text) < 2:
        return False
    if word.low in known.NATURE:
        return True
    if word.is_capital and word.low not in known.NOT_OF_STREETS | known.CHILDRENS:
        return not word.opens or word.kind in {NAME, UNKNOWN, BOTH} or words[place + 1].is_capital
    return word.kind in {UNKNOWN} or (word.kind == NAME and not word.low.endswith("s"))


def _street(words: list[Word], at: int) -> None:
    """14 Beech Grove, church st: with a number before it, or a word that is called so."""
    if words[at].opens or not at:
        return
    number = _number_before(words, at)
    if number is not None and at - number > 1 and _is_called_so(words, at, number):
        give_label(words, _from_flat(words, _first_of_number(words, number)), at, "ADDRESS")
    elif _is_called(words[at - 1], words[at]):
        first = at - 2 if before(words, at - 1) in known.OF_STREETS else at - 1
        give_label(words, first, at, "PLACE" if words[at].low in {"estate", "park", "hill"} else "ADDRESS")


def _number_before(words: list[Word], at: int) -> int | None:
    """Where the number of a house stands, if there is one in the same sentence."""
    for place in range(at - 1, max(at - FURTHEST - 1, -1), -1):
        if words[place].low[:1].isdigit() or words[place].low in known.NUMBERS | known.TENS:
            return place
        if words[place + 1].opens:
            return None
    return None


def _first_of_number(words: list[Word], place: int) -> int:
    """Where a number in words begins: one hundred and four, twenty two."""
    first = place
    while first and not words[first].opens and words[first - 1].low in known.NUMBERS | known.TENS | {"and"}:
        first -= 1
    return first if words[first].low != "and" else first + 1


def _is_called(called: Word, street: Word) -> bool:
    """Whether the word before is what a street is called, and not how it is."""
    if called.low in known.NOT_OF_STREETS | known.KIN or called.low.isdigit():
        return False
    if street.low in known.STREETS or called.low in known.NATURE:
        return True
    if called.is_capital and street.is_capital and not called.opens:
        return True
    return called.kind == UNKNOWN and street.low not in {"way", "walk", "place", "row", "rise"}


def _is_called_so(words: list[Word], at: int, number: int) -> bool:
    between = [word.low for word in words[number + 1 : at]]
    if between == ["the"]:
        return words[at].low in known.STREETS | {"close", "drive", "gardens"}
    return not any(
        low in known.NOT_OF_STREETS - {"new", "old", "main", "long", "down"} or low == "way" for low in between
    )


def _from_flat(words: list[Word], number: int) -> int:
    """Where the address begins: flat 3, 22 Station Road; number 9 elm close."""
    first = number
    if first >= 2 and words[first - 1].low[:1].isdigit() and words[first - 2].low in {"flat", "room", "apartment"}:
        first -= 2
    elif first and words[first - 1].low in {"number", "no", "flat", "house"} and not words[first].opens:
        first -= 1
    return first


def mark_flats(words: list[Word]) -> None:
    """Flat 3 alone, and a room that an address goes on from."""
    for at, word in enumerate(words[:-1]):
        goes_on = at + 2 < len(words) and bool(words[at + 2].label)
        is_flat = word.low in {"flat", "apartment"} or (word.low == "room" and goes_on)
        if is_flat and words[at + 1].low[:1].isdigit():
            give_label(words, at, at + 1, "ADDRESS")


def _place(words: list[Word], at: int, lists: Lists) -> None:
    """A town: wherever it is nothing else, and otherwise where a capital or what stands before it says so."""
    word = words[at]
    if word.label or word.low not in lists.places or word.low in known.KIN | known.CHILDRENS:
        return
    is_written_so = word.is_capital and not word.is_shouted
    if before(words, at) in known.PREPOSITIONS:
        is_place = is_written_so or word.low not in lists.ordinary or _is_about_living(words, at)
        is_place = is_place and (is_written_so or word.low not in lists.frequent or word.low not in lists.ordinary)
    else:
        is_place = is_written_so and not word.opens and word.kind not in {NAME, BOTH}
    if is_place or not (word.low in lists.ordinary or word.low in lists.names):
        give_label(words, at, at, "PLACE")


def _is_about_living(words: list[Word], at: int) -> bool:
    """Lived in, moved to, hate it in: a verb of being somewhere stands close before."""
    return any(word.low in known.LIVING for word in words[max(at - FURTHEST + 1, 0) : at - 1])
