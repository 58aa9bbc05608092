from wagtail import hooks

from surveys.responses.paper_actions import erase_overdue_entries


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("responses.import", "Load answers", "Loaded answers given elsewhere")
    actions.register_action("responses.key_booklet", "Key booklets", "Keyed booklets of paper for the first time")
    actions.register_action("responses.record_booklet", "Key booklets again", "Keyed booklets for the second time")
    actions.register_action("responses.compare_booklet", "Compare a booklet", "Saw where two readings differ")
    actions.register_action("responses.delete_entry", "Delete a first keying", "Deleted what was keyed of a booklet")
    actions.register_action("responses.begin_card", "Begin a family’s card", "Made a card for a family")
    actions.register_action("responses.find_card", "Open a family’s card", "Opened a family’s card with its words")
    actions.register_action("responses.look_at_card", "Look at a family’s card", "Looked at what is on a family’s card")
    actions.register_action("responses.answer_scale", "Answer a scale", "Kept a family’s answers to a scale")
    actions.register_action("responses.set_goal", "Set a goal", "Kept a family’s goal")
    actions.register_action("responses.mark_goal", "Mark a goal", "Kept how near a family is to a goal")
    actions.register_action("responses.record_talk", "Write down a talk", "Wrote down a focus group or an interview")
    actions.register_action("responses.erase_entries", "Erase first keyings", "Erased what nobody keyed again")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("first keyings of booklets that nobody keyed again", erase_overdue_entries, None, ""),
    ]
