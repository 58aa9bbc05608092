"""What counts as having looked at a child's words, and who may see who has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from surveys.frame.models import Area

SEE_LOOKS = "safeguarding.see_looks"
# Where an entry belongs that is of no single area.
ALL_AREAS = "all"


@dataclass(frozen=True)
class Kind:
    """One kind of words, and what the log says somebody did with them."""

    label: str
    actions: tuple[str, ...]


# A new door to a child's words is named here; a guard finds the actions that are not.
KINDS = {
    "worry": Kind(
        "Worries",
        (
            "safeguarding.read_concern",
            "safeguarding.close_concern",
            "safeguarding.refer_concern",
            "safeguarding.claim_concern",
            "safeguarding.hand_over_concern",
            "safeguarding.ask_for_opinion",
            "safeguarding.give_opinion",
            "safeguarding.note_concern",
            "safeguarding.set_setting",
        ),
    ),
    "text": Kind("Texts", ("safeguarding.read_text", "safeguarding.finish_reading")),
    "message": Kind("Messages", ("safeguarding.read_contact", "safeguarding.close_contact")),
    "comment": Kind(
        "Comments",
        (
            "anonymisation.read_comment",
            "anonymisation.moderate",
            "anonymisation.take_back",
            "anonymisation.propose_words",
            "anonymisation.read_proposals",
            "anonymisation.accept_word",
            "anonymisation.refuse_word",
            "anonymisation.look_for_themes",
            "safeguarding.pass_on",
        ),
    ),
    "quote": Kind(
        "Words to be quoted",
        ("releases.look_for_quotes", "releases.look_at_quotes", "releases.recall_quote"),
    ),
    "asked": Kind(
        "Questions of children",
        (
            "promises.look_for_questions",
            "promises.look_at_questions",
            "promises.mark_question",
            "promises.let_question_out",
            "promises.unmark_question",
            "promises.recall_question",
        ),
    ),
    "letter": Kind("Letters", ("safeguarding.read_letter",)),
    "heard": Kind(
        "Conversations",
        (
            "safeguarding.hear",
            "safeguarding.answer_child",
            "safeguarding.raise_what_was_heard",
            "safeguarding.hear_in_place",
        ),
    ),
    "reply": Kind("Replies", ("safeguarding.reply",)),
    "code": Kind(
        "Codes opened",
        (
            "safeguarding.ask_code",
            "safeguarding.agree_to_code",
            "safeguarding.refuse_code",
            "safeguarding.look_at_code",
            "safeguarding.tell_of_code",
        ),
    ),
    "paper": Kind(
        "Booklets of paper",
        (
            "responses.key_booklet",
            "responses.record_booklet",
            "responses.compare_booklet",
            "responses.delete_entry",
            "responses.erase_entries",
        ),
    ),
    "together": Kind(
        "Family cards",
        (
            "responses.begin_card",
            "responses.find_card",
            "responses.look_at_card",
            "responses.answer_scale",
            "responses.set_goal",
            "responses.mark_goal",
            "safeguarding.erase_card",
        ),
    ),
    "goal": Kind("Goals", ("safeguarding.read_goal", "safeguarding.finish_goal")),
    "blockage": Kind("What gets in the way", ("anonymisation.read_blockage", "anonymisation.decide_blockage")),
    "talk": Kind(
        "Focus groups and interviews",
        (
            "responses.record_talk",
            "safeguarding.read_talk",
            "safeguarding.finish_talk",
            "anonymisation.read_talk",
            "anonymisation.decide_talk",
            "anonymisation.look_at_talk",
            "anonymisation.recall_talk",
            "anonymisation.erase_talk",
        ),
    ),
    "loaded": Kind("Answers loaded from a file", ("responses.import",)),
    "inspection": Kind(
        "Inspections",
        (
            "inspection.give_grant",
            "inspection.end_grant",
            "inspection.draw",
            "inspection.look_at_tables",
            "inspection.look_at_promises",
            "inspection.draw_again",
            "inspection.look_at_sheets",
            "inspection.take_record",
        ),
    ),
    "erased": Kind("Erased", ("privacy.erase", "privacy.retention_sweep")),
}
KIND_OF = {action: kind for kind in KINDS.values() for action in kind.actions}
LOOKS = tuple(KIND_OF)


def looks_seen_by(user) -> QuerySet[ModelLogEntry]:
    """The looks in the areas of a safeguarding lead, an administrator's included; of no area, all leads see them."""
    areas = Area.objects.visible_to(user, SEE_LOOKS)
    if not areas.exists():
        return ModelLogEntry.objects.none()
    looks = ModelLogEntry.objects.filter(action__in=LOOKS).select_related("user", "content_type")
    if user.holds_everywhere(SEE_LOOKS):
        return looks
    return looks.filter(data__area__in=[*areas.values_list("code", flat=True), ALL_AREAS])


def narrowed(
    looks: QuerySet[ModelLogEntry], *, person: str = "", day: date | None = None, kind: str = ""
) -> QuerySet[ModelLogEntry]:
    """Only those of one person, one day or one kind of words."""
    if person:
        looks = looks.filter(user_id=int(person))
    if day:
        looks = looks.filter(timestamp__date=day)
    if kind:
        looks = looks.filter(action__in=KINDS[kind].actions)
    return looks


def people_who_looked(looks: QuerySet[ModelLogEntry]) -> list[tuple[str, str]]:
    """Whose looks these are, by account and name."""
    ids = set(looks.order_by().exclude(user_id=None).values_list("user_id", flat=True).distinct())
    names = {person.pk: name_of(person) for person in get_user_model().objects.filter(pk__in=ids)}
    return sorted(((str(pk), names.get(pk, f"Account {pk}")) for pk in ids), key=lambda who: who[1].lower())


def name_of(person) -> str:
    """How a member of staff is called."""
    return person.get_full_name().strip() or person.get_username()


@dataclass(frozen=True)
class Look:
    """One line of who has looked."""

    entry: ModelLogEntry
    who: str
    what: str
    area: str


def shown(entries: Iterable[ModelLogEntry]) -> list[Look]:
    """The lines of one page, with names for people and places."""
    entries = list(entries)
    areas = dict(Area.objects.values_list("code", "name"))
    return [
        Look(entry, _who(entry), KIND_OF[entry.action].label, areas.get(entry.data.get("area"), "All areas"))
        for entry in entries
    ]


def _who(entry: ModelLogEntry) -> str:
    if entry.user_id is None:
        return f"The program {entry.data.get('program')}"
    return name_of(entry.user) if entry.user else f"Account {entry.user_id}"
