"""Whatever shows a child's words at the desk logs the look, and its log action is one that leads see."""

import ast
from pathlib import Path

from wagtail.log_actions import registry

from feedback.privacy.looks import LOOKS

ROOT = Path(__file__).resolve().parents[2]
# Where words are read from a row: the answers of a response or of a keyed booklet, and what a message says.
WORDS = {"answers", "words", "reach"}
ROOMS = ("surveys/responses", "surveys/answering", "feedback/safeguarding", "feedback/anonymisation")
# These reach words and show none of them to the person at the desk: each with its reason.
SHOWS_NOTHING = {
    "sweep": "screens and codes; gives back how many",
    "asked_for_a_person": "screens what nobody has screened yet, and leaves the words out of what it gives back",
    "key_page": "shows what this very person types, from their own form",
    "differing_page": "shows what key and settle gave it, which logged the look",
    "in_words": "writes a period as people say it",
    "booklet_of": "prints the questions",
    "draft_as_booklet": "prints the questions of a draft",
    "rota_of": "shows who is on duty",
    "name_at_desk": "keeps what this very person types, and shows nothing",
    "help_numbers": "the numbers that an area prints",
    "qr_svg": "draws an address",
    "words_for": "the words of the phone itself",
    "words_around": "the same, of one instrument",
}


def functions():
    """Every function of the rooms where words are, by name; several of one name are taken together."""
    found = {}
    for room in ROOMS:
        for file in (ROOT / room).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append(node)
    return found


def names_in(node):
    used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return used | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def called_in(node):
    """The functions that a function calls, by their own name or through their module."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
            yield one.func.id
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and isinstance(one.func.value, ast.Name):
            yield one.func.attr


def reached_from(name, known):
    """What a function calls and which words it reads, itself or through functions of these rooms."""
    seen, waiting = set(), [name]
    while waiting:
        for node in known.get(waiting.pop(), []):
            calls = set(called_in(node)) - seen
            seen |= calls | (names_in(node) & WORDS)
            waiting += [one for one in calls if one in known]
    return seen


def called_by_the_desk(known):
    """The functions of these rooms that a screen of the desk imports, itself or with their module."""
    for file in (ROOT / "cms" / "desk").glob("*.py"):
        tree = ast.parse(file.read_text())
        imported = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module.startswith(("feedback.", "surveys."))
            for alias in node.names
        }
        through = {
            node.attr: node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in imported
        }
        for called, name in {**imported, **through}.items():
            if name in known:
                yield file.name, called, name


def test_whatever_of_the_desk_reaches_a_childs_words_logs_the_look():
    known = functions()
    opening = {
        (file, called)
        for file, called, name in called_by_the_desk(known)
        if called not in SHOWS_NOTHING and WORDS & reached_from(name, known) and "log" not in reached_from(name, known)
    }
    assert not opening, f"These show words and log nothing: {sorted(opening)}"


def test_the_guard_sees_the_doors_there_are():
    known = functions()
    doors = {called for _, called, name in called_by_the_desk(known) if WORDS & reached_from(name, known)}
    assert {"read_concern", "read_text", "read_contact", "key", "settle"} <= doors


def test_no_screen_of_the_desk_reads_a_row_of_the_vault_itself():
    for file in (ROOT / "cms").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"answers", "reach", "receipt_digest"}, f"{file.name}:{node.lineno}"


# Actions of the rooms with a child's words that touch none of them.
NO_LOOK = {"anonymisation.close_quarter", "anonymisation.put_in_block", "anonymisation.merge_areas"}
NO_LOOK |= {"safeguarding.plan_duty", "safeguarding.remove_duty"}
NO_LOOK |= {"safeguarding.add_setting", "safeguarding.close_setting"}

# Whoever names, sorts or confirms has read before, which is logged as a look of its own.
NO_LOOK |= {f"anonymisation.{verb}_theme" for verb in ("name", "rename", "put_to", "take_out_of", "end", "take_up")}
NO_LOOK |= {"anonymisation.merge_themes", "anonymisation.confirm_theme"}
# It is decided on numbers, and no answer is shown.
NO_LOOK |= {"anonymisation.decide_flood"}


def test_every_log_action_of_a_room_with_words_is_shown_to_leads():
    rooms = ("safeguarding.", "responses.", "anonymisation.", "inspection.")
    registered = {action for action, _ in registry.get_choices() if action.startswith(rooms)}
    assert registered - NO_LOOK <= set(LOOKS)
    assert set(LOOKS) <= {action for action, _ in registry.get_choices()}
