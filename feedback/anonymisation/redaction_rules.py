"""Who is named: by lists, by capitals, by being unknown, and by what stands beside a name. Pure."""

from __future__ import annotations

from feedback.anonymisation import redaction_words as known
from feedback.anonymisation.redaction_lists import BOTH, NAME, ORDINARY, SLIP, UNKNOWN, Lists
from feedback.anonymisation.redaction_phrases import after, before, give_label
from feedback.anonymisation.redaction_text import Word

PERSON = "PERSON"
SHORTEST_UNKNOWN = 3
SHOUTED_SHARE, TITLED_SHARE, FEWEST_WORDS = 0.6, 0.7, 4
INITIALS = frozenset("BCDEFGHJKLMNPQRSTUVWYZ")
LETTERED = frozenset(
    {"plan", "vitamin", "team", "group", "unit", "section", "part", "set", "hepatitis", "type", "grade"}
)


def mark_people(words: list[Word], lists: Lists, *, trusts_unknown: bool, trusts_capitals: bool) -> None:
    """Marks who is named. In a text that is not English an unknown word says nothing."""
    for at, word in enumerate(words):
        _title(words, at)
        if word.label:
            continue
        if _is_named(words, at, lists, trusts_unknown, trusts_capitals):
            give_label(words, at, at, PERSON)
    for _ in range(2):
        _keep_company(words)
    _again(words)


def _title(words: list[Word], at: int) -> None:
    """Mr, nurse, auntie: with what follows."""
    title = words[at]
    if at + 1 >= len(words) or words[at + 1].low in known.NOT_OF_STREETS | known.AFTER_NAMES | known.AFTER_IS:
        return
    name = words[at + 1]
    if title.low in known.TITLES and name.low.isdigit() and at + 2 < len(words) and words[at + 2].is_capital:
        give_label(words, at, at + 2, PERSON)
        return
    if _is_somebodys(words, at) and name.kind == ORDINARY:
        return
    if name.opens and title.low not in known.TITLES:
        return
    if title.low in known.TITLES and not name.low.isdigit() and (name.kind != ORDINARY or _stands_as_name(words, at)):
        give_label(words, at, at + 1, PERSON)
    elif title.low in known.LOOSE_TITLES and (name.kind in {NAME, UNKNOWN} or _is_loosely_named(words, at)):
        is_verb = title.low == "miss" and before(words, at) in {"i", "we", "to", "dont", "really", "they", "will", "do"}
        give_label(words, at + 1 if is_verb or before(words, at) in known.OWN else at, at + 1, PERSON)


def _is_somebodys(words: list[Word], at: int) -> bool:
    """A father, my nurse: no title."""
    return words[at].low in known.ALSO_WORDS and before(words, at) in known.NOT_BEFORE_NAMES | {"as"}


def _stands_as_name(words: list[Word], at: int) -> bool:
    """Mr Bean, mr page: a capital, or a title that stands before nothing but names."""
    short = words[at].low in {"mr", "mrs", "ms", "dr", "cllr", "pc"}
    return short or (words[at + 1].is_capital and not words[at + 1].is_shouted)


def _is_loosely_named(words: list[Word], at: int) -> bool:
    name = words[at + 1]
    if name.is_capital and not name.is_shouted and name.low not in known.KIN | known.CAPITALS:
        return name.kind == BOTH or words[at].is_capital
    is_kin = words[at].low not in {"miss", "sir", "big"}
    return (
        is_kin
        and name.low in known.WORD_NAMES - {"will", "may", "can", "don", "rob", "true", "happy"}
        and not _is_amount(words, at + 1)
    )


def _is_amount(words: list[Word], at: int) -> bool:
    return before(words, at) in known.NOT_BEFORE_NAMES


def _is_named(words: list[Word], at: int, lists: Lists, trusts_unknown: bool, trusts_capitals: bool) -> bool:
    word = words[at]
    if _is_initial(words, at):
        return trusts_capitals
    if word.low in known.CAPITALS and word.kind != BOTH:
        return False
    if _is_introduced(words, at, trusts_capitals):
        return True
    if word.kind == NAME:
        return len(word.low) > 2 or word.is_capital or before(words, at) in known.BEFORE_NAMES | known.KIN
    if word.kind in {UNKNOWN, SLIP}:
        is_slip = word.kind == SLIP
        return (
            _is_meant(words, at, trusts_capitals)
            if is_slip
            else _is_unknown(words, at, trusts_unknown, trusts_capitals)
        )
    if trusts_capitals and word.is_capital and not word.opens and not word.is_shouted:
        return _is_capital_name(words, at, lists)
    return word.low in known.WORD_NAMES and _is_word_name(words, at, trusts_capitals)


def _is_introduced(words: list[Word], at: int, trusts_capitals: bool) -> bool:
    """Ocean is my cousin; they call me Bug; sir says; skys room: any word at all."""
    word = words[at]
    if word.low in {"sir", "miss"} and word.opens and after(words, at) in known.AFTER_NAMES:
        return True
    if word.low.endswith("s") and word.low[:-1] in known.WORD_NAMES - known.SEASONS and after(words, at) in known.OWNED:
        return True
    if word.opens and word.low not in known.NOBODY | known.KIN and after(words, at) == "is":
        return after(words, at + 1) == "my" and after(words, at + 2) in known.KIN
    told = before(words, at) in {"called", "named"} or (
        before(words, at) in {"me", "him", "her"} and before(words, at - 1) in {"call", "calls", "called"}
    )
    return told and trusts_capitals and word.is_capital and not word.is_shouted


def _is_initial(words: list[Word], at: int) -> bool:
    word = words[at]
    if len(word.text) != 1 or word.text not in INITIALS or before(words, at) in LETTERED:
        return False
    is_kiss = after(words, at) == "" and word.text in "XO"
    return not is_kiss and before(words, at) not in {"year", "thank", "love"}


def _is_unknown(words: list[Word], at: int, trusts_unknown: bool, trusts_capitals: bool) -> bool:
    word = words[at]
    if len(word.low) < SHORTEST_UNKNOWN or not any(letter in "aeiouy" for letter in word.low):
        return trusts_capitals and word.is_capital and not word.is_shouted and not word.opens
    if word.is_shouted and trusts_capitals and len(word.low) < FEWEST_WORDS + 2:
        return False
    return trusts_unknown or (trusts_capitals and word.is_capital and not word.opens)


def _is_meant(words: list[Word], at: int, trusts_capitals: bool) -> bool:
    """Something that looks like a slip of the pen, and is a name all the same."""
    if trusts_capitals and words[at].is_capital and not words[at].opens and not words[at].is_shouted:
        return True
    told = {"called", "named", "told", "tell", "thank", "thanks", "thankyou", "with", "miss"}
    return before(words, at) in known.KIN | told and before(words, at) not in {"foster", "baby"}


def _is_capital_name(words: list[Word], at: int, lists: Lists) -> bool:
    """A capital inside a sentence on a word that is in a list of names, or beside a name."""
    word = words[at]
    if word.low in known.WORD_NAMES:
        return before(words, at) not in {"in", "on", "since", "a"} or word.low not in known.CAPITALS
    if word.low in known.KIN | known.TITLES | known.CAPITALS | known.CHILDRENS | known.LOOSE_TITLES:
        return False
    return word.low in lists.both and before(words, at) not in known.NOT_BEFORE_NAMES


def _is_word_name(words: list[Word], at: int, trusts_capitals: bool) -> bool:
    """Hope, mark, penny: where what stands beside it stands beside names."""
    word, left, right = words[at], before(words, at), after(words, at)
    if left in known.NOT_BEFORE_NAMES | {"at", "to", "be", "so", "very", "i", "we", "they", "you"}:
        return False
    if word.low in known.VERBS:
        return _is_verb_name(words, at)
    if left in known.KIN:
        return right not in {"of", "to", "for"} or word.low not in {"care"}
    if left in {"like", "liked", "love", "loved", "hate"}:
        return right in known.AFTER_LIKING | {""}
    if left in known.BEFORE_NAMES:
        return right not in {"of", "for", "songs", "coloured"} and not (left == "with" and right in {"envy", "me"})
    if left in known.WANTING:
        return right in {"to", "back", "as", "and", "she", "he", "instead"}
    return _speaks(words, at)


def _is_verb_name(words: list[Word], at: int) -> bool:
    """Will, may, mark: only where nothing else fits."""
    word, left, right = words[at], before(words, at), after(words, at)
    if left in {"called", "named", "told", "tell", "thank", "thanks", "thankyou", "about", "with"}:
        return right not in {"me", "you", "them", "us", "the"}
    if left in {"asked", "ask", "saw", "met", "miss", "like", "love"} and word.low not in {"will", "may", "can"}:
        return right not in {"the", "it", "me", "for"}
    if left in known.KIN and word.low not in {"will", "may", "can", "chase", "pat", "sue", "rob", "grant"}:
        return right in known.AFTER_NAMES | {"is", "was", ""}
    if left in {"brother", "sister", "uncle", "auntie", "aunty", "cousin", "sisster"}:
        return right in known.AFTER_NAMES | {"is", "was", "", "and"}
    return (not left or left in {"and", "when", "because", "cos", "but"}) and _speaks(words, at)


def _speaks(words: list[Word], at: int) -> bool:
    """Somebody who is, says or does something, or whose mum does."""
    right = after(words, at)
    if right in {"is", "was"}:
        is_age = at + 2 < len(words) and words[at + 2].label == "DOB_AGE"
        return (is_age or after(words, at + 1) in known.AFTER_IS) and not _is_thing(words, at)
    if words[at].opens and words[at].is_capital and words[at].low not in known.VERBS and _does(words, at + 1):
        return True
    if right in {"from", "and"} and words[at].opens:
        following = words[at + 2] if at + 2 < len(words) else None
        return right == "from" or (following is not None and (following.low == "me" or following.kind in {NAME, BOTH}))
    if right == "the" and words[at].opens and words[at].is_capital:
        return words[at].low not in known.VERBS - {"mark", "rob", "bill"}
    if right in {"my", "our", "who"}:
        return words[at].opens and at + 2 < len(words) and words[at + 2].low in known.KIN | {"is"}
    return right in (known.PAST if words[at].low in {"may", "will", "can"} else known.AFTER_NAMES)


def _does(words: list[Word], at: int) -> bool:
    """Cooks, who does: what somebody does follows, and not what something is."""
    return at < len(words) and (words[at].low == "who" or (words[at].low.endswith("s") and len(words[at].low) > 3))


def _is_thing(words: list[Word], at: int) -> bool:
    return words[at].low in {"rain", "snow", "sun", "summer", "autumn", "gold", "silver", "sky"} and not words[at].opens


def _keep_company(words: list[Word]) -> None:
    """Names keep company with names: Joy and Bogdan, Tomasz Rose, Kelly Page."""
    for at, word in enumerate(words):
        if word.label or (word.opens and at):
            continue
        if _may_join(words, at) and _has_company(words, at):
            word.label = PERSON


def _may_join(words: list[Word], at: int) -> bool:
    word = words[at]
    if word.low in known.WORD_NAMES - {"will", "may", "can", "don", "true", "happy", "lucky", "art", "rain"}:
        return True
    return _is_surname(words, at)


def _is_surname(words: list[Word], at: int) -> bool:
    """Any word at all with a capital, right after a name with one."""
    word = words[at]
    if not at or word.opens or not word.is_capital or word.is_shouted or len(word.low) < SHORTEST_UNKNOWN:
        return False
    ours = known.KIN | known.CAPITALS | known.CHILDRENS | known.TITLES
    return words[at - 1].label == PERSON and words[at - 1].is_capital and word.low not in ours


def _has_company(words: list[Word], at: int) -> bool:
    left, right = before(words, at), after(words, at)
    if at and words[at - 1].label == PERSON and words[at - 1].low not in known.TITLES:
        return words[at].low not in known.VERBS or words[at].is_capital or right in {"", "and"} | known.AFTER_NAMES
    if right and words[at + 1].label == PERSON and left not in known.NOT_BEFORE_NAMES | {"i"}:
        return words[at].low not in known.VERBS
    joined = left in {"and", "n", "or"} and at >= 2 and _is_somebody(words[at - 2])
    return joined or (right in {"and", "n", "or"} and at + 2 < len(words) and _is_somebody(words[at + 2]))


def _is_somebody(word: Word) -> bool:
    return word.label == PERSON or word.low == "me"


def _again(words: list[Word]) -> None:
    """Who was named once is named wherever they are."""
    named = {word.low for word in words if word.label == PERSON and len(word.low) > 2} - known.VERBS
    for word in words:
        is_word = word.low in known.WORD_NAMES and not word.is_capital and not word.opens
        if word.low in named and not word.label and word.kind != ORDINARY and not is_word:
            word.label = PERSON
