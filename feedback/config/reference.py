"""Writes the pages of docs/reference from the code, so that they cannot say anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from django.db.models import Model

from feedback.accounts.roles import ACTIONS, PERMISSIONS, Role
from feedback.config import limits
from feedback.disclosure.rules import AREA_TABLES, FLOOR, NATION_TABLES
from feedback.privacy import inventory
from surveys.bank.starting_bank import starting_questions
from surveys.design.linting import lint_alone
from surveys.instrument import measuring
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.linter_rules import JUDGED, READING_AGE, RECALL_DAYS, RULES, LintRule
from surveys.instrument.locker import RECORDS, SWEMWBS_TABLE, Record
from surveys.instrument.wording import LIMITS, Audience

AUDIENCE_COLUMNS = (
    "audience", "used as", "answers to choose from", "ladder 0 to 10", "several answers", "things to sort", "faces",
    "questions", "words in a question", "reading aloud", "what is touched", "break",
)  # fmt: skip
NOTE = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def privacy_inventory() -> str:
    """What is kept about people, what for and how long."""
    return NOTE + inventory.page()


def models_with_states() -> Iterator[type[Model]]:
    """The models whose states are a table."""
    return (model for model in inventory.our_models() if hasattr(model, "TRANSITIONS"))


def states() -> str:
    """The states of everything that has any, as diagrams."""
    parts = ["# States\n"]
    for model in models_with_states():
        parts += [f"## {model.__name__}\n", inventory.sentence_of(model), "", "```mermaid", "stateDiagram-v2"]
        for state, following in model.TRANSITIONS.items():
            ends = sorted(following) or ["[*]"]
            parts += [f"    {state.value} --> {getattr(end, 'value', end)}" for end in ends]
        parts += ["```", ""]
    return NOTE + "\n".join(parts)


def permissions() -> str:
    """Which role may do what, from the one table that everything asks."""
    lines = [
        "# Who may do what\n",
        "In the areas where they hold the role, from its first day to its last; a role held in all areas reaches each",
        "of them and what belongs to the nation. What belongs to no area, such as national figures, is theirs alone.",
        "The question bank belongs to every area alike. An empty cell means that the role may not.\n",
        f"| action | what it is | {' | '.join(role.label for role in Role)} |",
        f"|---|---|{'---|' * len(Role)}",
    ]
    for action, meaning in sorted(ACTIONS.items()):
        marks = " | ".join("yes" if action in PERMISSIONS[role] else "" for role in Role)
        lines.append(f"| `{action}` | {meaning} | {marks} |")
    return NOTE + "\n".join(lines) + "\n"


def protection_rules() -> str:
    """The protection rules in force, and the tables that exist."""
    lines = ["# Protection rules\n", "| parameter | national floor |", "|---|---|"]
    lines += [f"| `{field.name}` | {getattr(FLOOR, field.name)} |" for field in fields(FLOOR)]
    lines += [
        "",
        f"Tables of an area: {', '.join(AREA_TABLES)}. Of all areas: {', '.join(NATION_TABLES)}. No other exists.",
    ]
    return NOTE + "\n".join(lines) + "\n"


def limits_in_force() -> str:
    """How much of anything is taken."""
    return NOTE + limits.page()


def audiences() -> str:
    """What each audience can be asked, and what the phone does for it, from the table that is enforced."""
    lines = [
        "# What each audience can be asked\n",
        "Of two numbers the first is usual; more than the second cannot be frozen.\n",
        f"| {' | '.join(AUDIENCE_COLUMNS)} |",
        f"|{'---|' * len(AUDIENCE_COLUMNS)}",
    ]
    lines += [f"| {' | '.join(_audience_row(audience))} |" for audience in Audience]
    return NOTE + "\n".join(lines) + "\n"


def _audience_row(audience: Audience) -> list[str]:
    limits = LIMITS[audience]
    faces = "no" if not limits.faces else "yes" if limits.middle_face else "yes, none in the middle"
    return [
        f"`{audience}`",
        "conversation only, never counted" if limits.only_talked_with else "survey or conversation",
        f"{limits.options.usual} / {limits.options.most}",
        "yes" if limits.ladder else "no",
        "yes" if limits.several else "no",
        str(limits.to_sort or "no"),
        faces,
        f"{limits.items.usual} / {limits.items.most}",
        str(limits.words),
        limits.audio.replace("_", " "),
        f"{limits.target} px",
        f"every {limits.break_every}" if limits.break_every else "none",
    ]


def linter() -> str:
    """What the linter looks for and why, how heavily it weighs for whom, and how often it is right."""
    lines = [
        "# What the linter looks for\n",
        "It reads a question before anybody meets it. *Must* keeps a survey from being frozen until the words are",
        "changed or an officer gives a reason that stays in the survey’s history; *should* and *note* are advice.",
        "Rules marked *counted* apply in every language (words and answers are counted in English); the others read",
        "English only, and the desk says so. A limit of the audience cannot be let pass; what is within it and not",
        "usual is a note. Answers are read for *jargon* alone; hints, and screens that tell, for *reading_age* too.\n",
        "| rule | what | why | evidence | what to do | weight | let pass | read |",
        "|---|---|---|---|---|---|---|---|",
        *(_rule_row(rule) for rule in RULES.values()),
        "\n## How far back, and how hard to read\n",
        "Our own defaults, but for GOV.UK’s reading age of 9; to be tried with those who answer. 0 days back is today.",
        "The reading age is Flesch-Kincaid’s, and is looked at only where a word has four syllables or more.\n",
        "| audience | days back | reading age |",
        "|---|---|---|",
        *(f"| `{one}` | {RECALL_DAYS[one]} | {READING_AGE[one]} |" for one in Audience),
        *_figures(),
    ]
    return NOTE + "\n".join(lines) + "\n"


def _rule_row(rule: LintRule) -> str:
    weights: dict[str, list[str]] = {}
    for audience, severity in rule.severity.items():
        weights.setdefault(severity.value, []).append(audience.value)
    everybody = len(weights) == 1 and len(rule.severity) == len(Audience)
    weight = "; ".join(f"{name}: {'all' if everybody else ', '.join(who)}" for name, who in weights.items())
    passes = "with a reason" if rule.can_be_overridden else "no"
    reads = "English" if rule.reads_english else "counted"
    cells = (f"`{rule.id}`", rule.name, rule.why, rule.evidence, rule.suggestion, weight, passes, reads)
    return f"| {' | '.join(cells)} |"


def _figures() -> list[str]:
    parts = {part: measuring.labelled(part) for part in (measuring.TUNED, measuring.HELD_OUT)}
    scores = {part: measuring.score(questions) for part, questions in parts.items()}
    tuned, held_out = (len(questions) for questions in parts.values())
    return [
        "\n## How often it is right\n",
        f"Measured on {tuned + held_out} questions in our own words (`surveys/instrument/labelled_questions.csv`),",
        "each labelled with the rules it breaks before there was a linter. The rules were tuned on",
        f"{tuned}; the figures of the other {held_out}, chosen by a hash of their words, were first looked at when the",
        "rules were finished. One author wrote all the questions and then the rules, and so knew the held out ones",
        "too: the figures flatter, and a stranger’s questions would do worse. Precision: of what it found, how much is",
        "there. Recall: of what is there, how much it found. The reading age of one sentence turned out to be a weak",
        "sign, and is therefore a note. After the held-out figures were seen, the windows of recall were shortened,",
        "eight labels of recall with them, the reading ages lowered, and *un-* and *three good things* added to what",
        "is found, as the evidence on asking children has it; nothing was changed to make a figure better.\n",
        "| rule | tuned: there | precision | recall | held out: there | precision | recall |",
        "|---|---|---|---|---|---|---|",
        *(_figure_row(name, [scores[part][name] for part in parts]) for name in (*JUDGED, "")),
        _figure_row("any fault at all", [measuring.told_apart(questions) for questions in parts.values()]),
        "",
        _alarms(),
    ]


def _alarms() -> str:
    """How many wordings of the starting bank the linter would stop, which somebody else wrote to be good ones."""
    alarms = [_weights(question, Audience(one)) for question in starting_questions() for one in question["wordings"]]
    must, should = (sum(name in weights for weights in alarms) for name in ("must", "should"))
    return (
        f"Of the {len(alarms)} wordings of the starting bank with their answers, which another author wrote by the "
        f"same evidence, it says *must* of {must} and *should* of {should}, recordings aside."
    )


def _weights(question: dict, audience: Audience) -> set[str]:
    rows = question["answers"].get(audience) or question["answers"].get("", [])
    options = tuple(Option(row["code"], {"en": row["label"]}, picture=row["picture"]) for row in rows)
    item = Item(question["code"], Kind(question["kind"]), {"en": question["wordings"][audience]}, options)
    found = lint_alone(item, audience, {item.code: question["theme"]})
    return {finding.severity.value for finding in found if finding.rule != "audio"}


def _figure_row(name: str, scores: list[measuring.Score]) -> str:
    cells = [f"{one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f}" for one in scores]
    return f"| {name or 'all rules together'} | {' | '.join(cells)} |"


def licensed_scales() -> str:
    """What the locker knows of each licensed scale, and what the licensee loads."""
    lines = ["# Licensed scales\n", "| record | scale | what is published | scored here | loaded by the licensee |"]
    lines += ["|---|---|---|---|---|", *map(_record_row, RECORDS.values())]
    lines += [
        "",
        "Words, notice, meanings and bands of every scale are always loaded. SWEMWBS, raw sum and metric score:",
    ]
    lines += ["", ", ".join(f"{raw} {metric}" for raw, metric in SWEMWBS_TABLE) + "."]
    return NOTE + "\n".join(lines) + "\n"


def _record_row(record: Record) -> str:
    here = ", ".join(rule.name for rule in record.rules) or "nothing"
    loaded = ", ".join(one.name for one in record.wanted) or ("every scale" if record.any_scales else "no scoring")
    return f"| `{record.code}` | {record.name} | {record.reference} | {here} | {loaded} |"


PAGES: dict[str, Callable[[], str]] = {
    "privacy-inventory.md": privacy_inventory,
    "states.md": states,
    "permissions.md": permissions,
    "protection-rules.md": protection_rules,
    "audiences.md": audiences,
    "limits.md": limits_in_force,
    "linter.md": linter,
    "licensed-scales.md": licensed_scales,
}


def outdated(folder: Path) -> list[str]:
    """The pages that no longer say what the code says."""
    return [name for name, page in PAGES.items() if _read(folder / name) != page()]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def write(folder: Path) -> None:
    """Writes every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
