from wagtail import hooks

from surveys.design.recordings import tidy


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("design.submit", "Submit a survey", "Said that the survey is ready")
    actions.register_action("design.approve", "Approve for the care council", "Approved for the care council")
    actions.register_action("design.freeze", "Freeze a survey", "Froze the survey into an edition")
    actions.register_action("design.refuse", "Refuse a survey", "Sent the survey back")
    actions.register_action("design.reopen", "Reopen a survey", "Went on working on the survey")
    actions.register_action("design.import_xlsform", "Import a survey", "Made the draft out of an XLSForm")
    actions.register_action(
        "design.translate", "Translate a survey", "Put words of another language beside the English"
    )
    actions.register_action("design.check_translation", "Check a translation", "Said that a translation was checked")
    actions.register_action("bank.import_question", "Import a question", "Brought the question in from another area")
    actions.register_action("design.forget_recording", "Forget a recording", "Deleted a recording of the survey")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("recordings that nothing needs any more", tidy, None, ""),
    ]
