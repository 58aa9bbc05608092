from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("frame.import", "Load the frame", "Loaded areas, services, stages and counts")
    actions.register_action("frame.change_area", "Change an area", "Changed settings of the area")
    actions.register_action("frame.set_help_numbers", "Set help numbers", "Set the area’s help numbers")
    actions.register_action("frame.set_logo", "Set a logo", "Set the area’s logo")
    actions.register_action("frame.say_count", "Say how many could be asked", "Said how many could be asked")
