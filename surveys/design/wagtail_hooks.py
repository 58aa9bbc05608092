from wagtail import hooks

from surveys.design.recordings import tidy


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("design.set_councils", "Set care councils", "Set the area’s care councils")
    actions.register_action("design.submit", "Submit a survey", "Said that the survey is ready")
    actions.register_action("design.approve", "Approve for the care council", "Approved for the care council")
    actions.register_action("design.freeze", "Freeze a survey", "Froze the survey into an edition")
    actions.register_action("design.say_meaning", "Say what a change means", "Said whether a question means the same")
    actions.register_action("design.refuse", "Refuse a survey", "Sent the survey back")
    actions.register_action("design.answer", "Answer a refusal", "Answered why it was worded so")
    actions.register_action("design.override", "Let a finding of the linter pass", "Let a finding of the linter pass")
    actions.register_action("design.reopen", "Reopen a survey", "Went on working on the survey")
    actions.register_action("design.arrange", "Work on a survey", "Changed the draft on the workbench")
    actions.register_action("design.suggest", "Suggest a wording", "Suggested other words for a question")
    actions.register_action("design.vote", "Vote on a suggestion", "Voted on a suggestion")
    actions.register_action("design.decide_suggestion", "Decide on a suggestion", "Decided on a suggestion")
    actions.register_action("design.put_in", "Put a suggestion in", "Put suggested words into the bank’s draft")
    actions.register_action("design.remark", "Remark on a screen", "Remarked on a screen of the survey")
    actions.register_action("design.open_try_out", "Make a link to try", "Made a link to try the draft")
    actions.register_action("design.end_try_out", "End a link to try", "Ended a link to try the draft")
    actions.register_action("design.note_try_out", "Note a try-out", "Noted what happened when a question was tried")
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
