from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("responses.import", "Load answers", "Loaded answers given elsewhere")
