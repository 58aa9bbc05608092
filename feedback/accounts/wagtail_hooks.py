from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("accounts.give_role", "Give a role", "Gave a role")
