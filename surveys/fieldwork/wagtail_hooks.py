from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("fieldwork.plan_wave", "Plan a wave", "Planned the wave")
    actions.register_action("fieldwork.plan_days", "Plan the days of a wave", "Planned the days of the wave")
    actions.register_action("fieldwork.open_wave", "Open a wave", "Opened the wave")
    actions.register_action("fieldwork.close_wave", "Close a wave", "Closed the wave")
    actions.register_action("fieldwork.pin_edition", "Pin an edition", "Went on with a newer edition")
    actions.register_action("fieldwork.make_link", "Make a link", "Made a link for a poster")
    actions.register_action("fieldwork.invite", "Make cards", "Made a sheet of cards")
    actions.register_action("fieldwork.prepare_pack", "Prepare before and after", "Prepared questions before and after")
    actions.register_action("fieldwork.open_pack", "Open before and after", "Opened questions before and after")
    actions.register_action("fieldwork.invite_twice", "Make cards for both", "Made cards that work before and after")
    actions.register_action("fieldwork.send_reminder", "Remind of the end", "Reminded staff that the wave ends")
    actions.register_action("fieldwork.tell_wave", "Tell everybody", "Left a message for everybody of the wave")
    actions.register_action("fieldwork.take_message_back", "Take a message back", "Took a message to everybody back")
    actions.register_action("fieldwork.name_hearer", "Name who hears", "Named somebody whom a child can choose")
    actions.register_action("fieldwork.end_hearer", "End hearing", "Took somebody away whom a child could choose")
    actions.register_action("fieldwork.load_scale", "Load a scale", "Loaded a scale held under licence")
    actions.register_action("fieldwork.end_scale", "End a scale", "Ended the use of a scale held under licence")
    actions.register_action("fieldwork.import_codebook", "Load a codebook", "Loaded a survey asked elsewhere")
