"""Writes the pages of docs/reference from the code, so that they cannot say anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from django.db.models import Model

from feedback.accounts.roles import ACTIONS, PERMISSIONS, Role
from feedback.disclosure.rules import AREA_TABLES, FLOOR, NATION_TABLES
from feedback.privacy import inventory
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
        "of them and what belongs to the nation. What belongs to no area, as national figures do, is for those alone.",
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


PAGES: dict[str, Callable[[], str]] = {
    "privacy-inventory.md": privacy_inventory,
    "states.md": states,
    "permissions.md": permissions,
    "protection-rules.md": protection_rules,
    "audiences.md": audiences,
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
