from wagtail import hooks

from feedback.safeguarding.contacts import forget_contacts
from feedback.safeguarding.forgetting import erase_old_records
from feedback.safeguarding.letters import erase_old_letters


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("safeguarding.read_concern", "Read a concern", "Read what was written")
    actions.register_action("safeguarding.close_concern", "Close a concern", "Closed the concern")
    actions.register_action("safeguarding.refer_concern", "Refer a concern", "Referred the concern")
    actions.register_action("safeguarding.read_text", "Read a text", "Read what somebody wrote")
    actions.register_action("safeguarding.finish_reading", "Finish reading a text", "Said that a text was read")
    actions.register_action("safeguarding.read_contact", "Read a message", "Read the message of somebody who asked")
    actions.register_action("safeguarding.close_contact", "Close a message", "Said what was done about a message")
    actions.register_action("safeguarding.reply", "Reply", "Replied to somebody through their receipt")
    actions.register_action("safeguarding.read_letter", "Read a letter", "Read what somebody wrote back")
    actions.register_action("safeguarding.pass_on", "Pass on a worry", "Passed a comment to the safeguarding leads")
    actions.register_action("safeguarding.plan_duty", "Plan duty", "Put somebody on duty")
    actions.register_action("safeguarding.remove_duty", "Remove duty", "Took somebody off the duty rota")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("words of messages that were done with", forget_contacts, None, ""),
        ("letters that were read and whose days are over", erase_old_letters, None, ""),
        ("worries, readings and messages finished six years ago", erase_old_records, None, ""),
    ]
