"""Comments of the demo: what a few people wrote that others must not be told, and a lead who has read it."""

from __future__ import annotations

from feedback.accounts.models import User
from feedback.anonymisation.rehearsing import read_what_came_last
from surveys.frame.models import Area

# Invented, like everything in the demo: what a moderator has to look for.
NAMED = {
    "AGE_8_11": (
        ("should_change", "can Kelly come back she was my worker at maple lodge"),
        ("should_change", "i told hope about it and she rang st marys primary"),
        ("best_help", "my nan Pauline took me to see my brother kai in Grimsby"),
        ("should_change", "my twin and me were moved on my birthday, nobody asked us"),
        ("best_help", "im 9 and i like it when mr okonkwo lets me draw"),
    ),
    "AGE_12_17": (
        ("should_change", "stop giving my number to people its 07700 900123 and he keeps ringing"),
        ("best_help", "Femi from the youth club, he gets it"),
        ("should_change", "will they ask me next time or is it like in may again"),
        ("should_change", "message me on snap lil_zee09 not on my dads phone"),
    ),
    "PARENT_CARER": (
        ("p_change", "Mrs Featherstone wrote to 14 Beech Grove although we moved in March 2025."),
        ("p_change", "Someone who speaks our language. Agnieszka was the only one who explained it."),
    ),
}
READ = 30


def named(audience: str, place: int) -> dict[str, str]:
    """What the answers of this row say instead, where it is one of the few."""
    written = NAMED.get(audience, ())
    # The first row of children is the one that a lead must see.
    return dict([written[place - 1]]) if 0 < place <= len(written) else {}


def a_lead_reads(area: Area, lead: User) -> None:
    """Reads what came last in an area, so that a moderator finds comments."""
    read_what_came_last(area, many=READ, by=lead)
