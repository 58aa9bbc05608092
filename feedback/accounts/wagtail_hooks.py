from wagtail import hooks

from feedback.accounts.rights import people_with

ACTIONS = (
    ("accounts.invite", "Invite", "Invited"),
    ("accounts.give_role", "Give a role", "Gave a role"),
    ("accounts.end_role", "End a role", "Ended a role"),
    ("accounts.change_email", "Change an address", "Changed the e-mail address"),
    ("accounts.change_phone", "Change a mobile number", "Changed the mobile number"),
    ("accounts.close", "Close an account", "Closed the account"),
    ("accounts.open", "Open an account again", "Opened the account again"),
    ("accounts.sign_in", "Sign in", "Signed in with both factors"),
    ("accounts.set_up_second_factor", "Set up a second factor", "Set up a second factor"),
    ("accounts.make_recovery_codes", "Make recovery codes", "Made new recovery codes"),
    ("accounts.add_passkey", "Add a passkey", "Added a passkey"),
    ("accounts.remove_passkey", "Remove a passkey", "Removed a passkey"),
    ("accounts.ask_for_reset", "Ask for a reset", "Asked to reset the second factor"),
    ("accounts.refuse_reset", "Refuse a reset", "Refused to reset the second factor"),
    ("accounts.reset_second_factor", "Reset a second factor", "Reset the second factor, as the second of two people"),
)


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    for action in ACTIONS:
        actions.register_action(*action)


@hooks.register("register_administrators")
def administrators():
    """Who is told where the installation is not doing well."""
    return people_with(["accounts.write"])
