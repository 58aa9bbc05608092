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
    actions.register_action("responses.erase_entries", "Erase first keyings", "Erased what nobody keyed again")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("first keyings of booklets that nobody keyed again", erase_overdue_entries, None, ""),
    ]
