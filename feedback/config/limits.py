"""How much of anything is taken: one table, read from where each limit is kept, and printed for docs/reference.

What is not below is held by the size of a request. Places are named by string, so that no import arrow is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from math import log2

from django.conf import settings

from surveys.fieldwork.link_codes import CARD_CODE_LENGTH, LINK_CODE_LENGTH, UNAMBIGUOUS

KIB = 1024
PLAUSIBLE = "feedback.anonymisation.plausible:"


@dataclass(frozen=True)
class Limit:
    """One limit: of what, where it is kept (`module:NAME`, or `settings:NAME`), and what it counts."""

    what: str
    place: str
    counts: str

    @property
    def value(self) -> int | float:
        """What is in force."""
        module, _, name = self.place.partition(":")
        if module == "settings":
            return getattr(settings, name)
        name, _, part = name.partition(".")
        found = getattr(import_module(module), name)
        return found[part] if part else found


REQUESTS = (
    Limit("answers or a message that a device sends", "settings:EARSHOT_RESPONSE_MAX_BYTES", "bytes"),
    Limit("the same as a form", "settings:EARSHOT_FORM_MAX_BYTES", "bytes"),
    Limit("fields of one form", "settings:DATA_UPLOAD_MAX_NUMBER_FIELDS", "fields"),
    Limit("a form of the desk, without its files", "settings:DATA_UPLOAD_MAX_MEMORY_SIZE", "bytes"),
    Limit("a form of the desk, with its files", "settings:EARSHOT_UPLOAD_MAX_BYTES", "bytes"),
    Limit("files of one form", "settings:DATA_UPLOAD_MAX_NUMBER_FILES", "files"),
    Limit("a picture", "settings:WAGTAILIMAGES_MAX_UPLOAD_SIZE", "bytes"),
    Limit("points of a picture", "surveys.frame.pictures:MOST_POINTS", "points"),
    Limit("a document", "settings:WAGTAILDOCS_MAX_UPLOAD_SIZE", "bytes"),
    Limit("a file of findings", "feedback.findings.exchange:MOST_BYTES", "bytes"),
    Limit("rows of an XLSForm", "surveys.design.xlsform_cells:MOST_ROWS", "rows"),
    Limit("lines of a file of counts", "feedback.releases.population_imports:MOST_LINES", "lines"),
    Limit("a query of the web server, on PostgreSQL", "settings:EARSHOT_QUERY_SECONDS", "seconds"),
)
TEXTS = (
    Limit("an answer in words", "surveys.instrument.items:LONGEST_TEXT", "characters"),
    Limit("an answer in a few words", "surveys.instrument.items:LONGEST_SHORT_TEXT", "characters"),
    Limit("a drawing", "surveys.instrument.drawing:LONGEST_DRAWING", "characters"),
    Limit("a name, where somebody wants to be contacted", "surveys.answering.contacting:LONGEST.name", "characters"),
    Limit("how to be reached", "surveys.answering.contacting:LONGEST.reach", "characters"),
    Limit("what it is about", "surveys.answering.contacting:LONGEST.words", "characters"),
    Limit("a letter written back with a receipt", "surveys.responses.letter_actions:LONGEST_LETTER", "characters"),
    Limit("letters with one receipt a day", "surveys.responses.letter_actions:MOST_A_DAY", "letters"),
    Limit("what gets in the way", "surveys.responses.blockage_actions:LONGEST_NAMED", "characters"),
    Limit("named in one area a day", "surveys.responses.blockage_actions:MOST_A_DAY", "named"),
    Limit("a typed code; more is not read", "surveys.fieldwork.link_codes:LONGEST_TYPED", "characters"),
    Limit("the typed words of a receipt; more is not read", "surveys.responses.receipts:LONGEST_TYPED", "characters"),
    Limit("what was said in a focus group, each box", "surveys.responses.talk_actions:LONGEST_SAID", "characters"),
    Limit("why answers are put aside, or count", "feedback.anonymisation.flood_policies:LONGEST_WHY", "characters"),
    Limit("a goal on a card", "surveys.responses.together_actions:LONGEST_GOAL", "characters"),
)
GUESSES = (
    Limit("wrong tries from one address before it is slowed", "surveys.answering.guessing:WRONG_BEFORE_SLOW", "tries"),
    Limit("how long they are remembered", "surveys.answering.guessing:WINDOW_SECONDS", "seconds"),
    Limit("how long each try then takes, one after another", "surveys.answering.guessing:PAUSE_SECONDS", "seconds"),
    Limit("addresses remembered at a time", "surveys.answering.guessing:ADDRESSES_KEPT", "addresses"),
    Limit("wrong passwords for a name at one address", "settings:AXES_FAILURE_LIMIT", "tries"),
)
LISTS = (
    Limit("worries", "cms.desk.concerns:PER_PAGE", "on a page"),
    Limit("messages to be contacted", "feedback.safeguarding.contacts:ON_A_PAGE", "on a page"),
    Limit("who looked", "cms.desk.looking:LINES_PER_PAGE", "on a page"),
    Limit("themes and their comments", "cms.desk.themes:ON_A_PAGE", "on a page"),
    Limit("quotes", "cms.desk.quotes:ON_A_PAGE", "on a page"),
    Limit("words for children’s questions", "cms.desk.child_questions:ON_A_PAGE", "on a page"),
    Limit("figures to interpret", "cms.desk.interpreting:QUESTIONS_A_PAGE", "on a page"),
    Limit("the question bank", "cms.desk.bank:LINES_PER_PAGE", "on a page"),
    Limit("an inspection’s log", "cms.desk.inspection:LINES_PER_PAGE", "on a page"),
    Limit("releases, for everybody", "cms.pages.open_data:RELEASES_PER_PAGE", "on a page"),
    Limit("changes of releases, for everybody", "cms.pages.open_data:CHANGES_PER_PAGE", "on a page"),
    Limit("cards of one order", "surveys.fieldwork.policies:MOST_CARDS", "cards"),
    Limit("screens of a survey", "surveys.design.arranging:MOST_SCREENS", "screens"),
)
OPENLY = (
    Limit("a day’s answers by open link, where nothing is known yet", PLAUSIBLE + "WITHOUT_A_MEASURE", "answers"),
    Limit("and never told of, however few are usual", PLAUSIBLE + "A_CLASS", "answers"),
    Limit("times the busiest day before", PLAUSIBLE + "TIMES_THE_BUSIEST", "times"),
)
TABLES = {
    "What one request may carry": REQUESTS,
    "What respondents write": TEXTS,
    "Guessing": GUESSES,
    "Lists": LISTS,
    "What is told to a person, and refused to nobody": OPENLY,
}


def bits() -> dict[str, float]:
    """How hard each secret is to guess, in bits."""
    receipts = import_module("surveys.responses.receipts")
    return {
        "the code of a poster": LINK_CODE_LENGTH * log2(len(UNAMBIGUOUS)),
        "the code of a card": CARD_CODE_LENGTH * log2(len(UNAMBIGUOUS)),
        "the words of a receipt": receipts.WORDS_IN_RECEIPT * log2(len(receipts.words())),
    }


def _written(limit: Limit) -> str:
    if limit.counts == "bytes" and limit.value % KIB == 0:
        return f"{limit.value // KIB:,} KiB"
    return f"{limit.value:,} {limit.counts}".replace(".0 ", " ")


def _rows(limits: tuple[Limit, ...]) -> Iterator[str]:
    yield "| what | at most | kept by |"
    yield "|---|---|---|"
    for limit in limits:
        yield f"| {limit.what} | {_written(limit)} | `{limit.place.replace(':', '.')}` |"


def page() -> str:
    """The limits, for docs/reference."""
    lines = [
        "# Limits\n",
        "What is more is refused in a sentence, in the language of whoever sent it, and nothing of it is stored; in",
        "lists it is on the next page. Nobody is ever locked out for where they come from: a school, a library and a",
        "children’s home are one address each.\n",
    ]
    for title, limits in TABLES.items():
        lines += [f"## {title}\n", *_rows(limits), ""]
    lines += ["## How hard secrets are to guess\n", "| secret | bits |", "|---|---|"]
    lines += [f"| {name} | {found:.1f} |" for name, found in bits().items()]
    lines += [
        "",
        "The code of a poster is no secret: it hangs on a wall, and who guesses one may answer once more than the wall",
        "would have let them. Decision 73 says what a flood of answers by such a link meets.",
        "",
        "## What only the server in front can hold\n",
        "A request that arrives slowly holds one of the web server’s threads. The proxy in front must take a request",
        "whole before it hands it on (nginx: `proxy_request_buffering on`, which is usual), must give up on one that",
        "sends nothing for 30 seconds (`client_header_timeout`, `client_body_timeout`), must take no more than 21 MiB",
        "(`client_max_body_size`), and must keep no addresses of `/a/` and `/blockages/` (`access_log off`).",
    ]
    return "\n".join(lines) + "\n"
