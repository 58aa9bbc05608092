from wagtail import hooks

from feedback.inspection.erasing import erase_if_taken_back, erase_of, erase_old_sheets


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("inspection.give_grant", "Let an inspector in", "Let an inspector in")
    actions.register_action("inspection.end_grant", "End an inspection", "Ended an inspection")
    actions.register_action("inspection.draw", "Draw an inspection sample", "Drew the inspection sample")
    actions.register_action("inspection.look_at_tables", "Look at tables", "Looked at the released tables")
    actions.register_action("inspection.look_at_promises", "Look at promises", "Looked at promises, and at what waits")
    actions.register_action("inspection.draw_again", "Draw again", "Drew the inspection sample again from a record")
    actions.register_action("inspection.look_at_sheets", "Look at sheets", "Looked at the inspection sample")
    actions.register_action("inspection.take_record", "Take a record", "Took the signed record of a draw")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [("sheets of inspections that are over", erase_old_sheets, None, "")]


hooks.register("erase_area", erase_of)
hooks.register("answers_erased", erase_if_taken_back)
