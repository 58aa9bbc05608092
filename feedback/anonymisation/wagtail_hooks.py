from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("anonymisation.close_quarter", "Close a quarter", "Closed the quarter")
    actions.register_action(
        "anonymisation.put_in_block", "Put answers in a block", "Put the quarter's answers in a published block"
    )
