from wagtail import hooks

from feedback.privacy.erasures import our_erasures
from feedback.privacy.failures import Failed, note_failure
from feedback.privacy.retention import our_sweeps
from feedback.privacy.runs import runs_watched


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("privacy.erase", "Erase", "Erased what the command was asked to")
    actions.register_action("privacy.erase_account", "Forget an account", "Forgot who the account belonged to")
    actions.register_action("privacy.retention_sweep", "Retention sweep", "Erased what was kept long enough")
    actions.register_action("privacy.scrubbed_copy", "Scrubbed copy", "Made a copy for a laptop without anybody in it")
    actions.register_action("privacy.backup", "Backup", "Made a backup")
    actions.register_action("privacy.replay_erasures", "Erase again", "Erased again what came back with a backup")


@hooks.register("register_retention_sweeps")
def retention_sweeps():
    """What this room erases when it has been kept long enough."""
    return our_sweeps()


@hooks.register("register_erasures")
def erasures():
    """What this room has erased for good."""
    return our_erasures()


@hooks.register("register_watched")
def watched():
    """Whether what must run again and again does."""
    return runs_watched()


@hooks.register("letter_failed")
def letter_failed():
    """A letter of a room that this one does not know, nor it this one."""
    note_failure(Failed.LETTER)
