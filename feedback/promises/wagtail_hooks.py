from wagtail import hooks

from feedback.privacy.actions import FORGETTING
from feedback.promises.for_receipts import told_at, told_to
from feedback.promises.forgetting_actions import forget_owner
from feedback.promises.reminder_actions import remind_owners
from surveys.answering.promised import ADDRESS, PROMISED


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("promises.promise", "Promise", "Promised something, or said why it cannot be done")
    actions.register_action("promises.add_words", "Word a promise", "Added words in another language to a promise")
    actions.register_action("promises.move_day", "Move the day of a promise", "Moved the day of a promise")
    actions.register_action("promises.keep", "Keep a promise", "Said that a promise was kept")
    actions.register_action("promises.say_cannot", "Say that it cannot be done", "Said that a promise cannot be kept")
    actions.register_action("promises.promise_again", "Promise again", "Promised again what was not done")
    actions.register_action("promises.take_back", "Take a promise back", "Took a promise back")
    actions.register_action("promises.hand_over", "Hand a promise over", "Gave a promise to another owner")
    actions.register_action("promises.forget_owner", "Forget an owner", "Put a role in the place of an erased owner")
    actions.register_action("promises.doubt", "Doubt a promise", "Said for the care council that it was not kept")
    actions.register_action("promises.end_doubt", "Doubt no more", "Said for the care council that it was kept")
    actions.register_action("promises.remind", "Remind of a promise", "Reminded an owner that a promise waits")


hooks.register(PROMISED, told_to)
hooks.register(ADDRESS, told_at)
hooks.register("reminders", remind_owners)
hooks.register(FORGETTING, forget_owner)
