from wagtail import hooks

from feedback.findings.erasing import erase_findings_of


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("findings.draft", "Write a finding", "Began a finding")
    actions.register_action("findings.reword", "Reword a finding", "Changed the words of a finding")
    actions.register_action("findings.cite", "Cite", "Said what a finding rests on")
    actions.register_action("findings.proposed", "Propose a finding", "Proposed the finding")
    actions.register_action("findings.returned", "Return a finding", "Sent the finding back")
    actions.register_action("findings.published", "Publish a finding", "Published the finding")
    actions.register_action("findings.withdrawn", "Withdraw a finding", "Withdrew the finding")
    actions.register_action("findings.word_kind", "Word a kind", "Worded a kind of finding")
    actions.register_action("findings.link_promise", "Link a promise", "Said which promise answers the finding")
    actions.register_action("findings.unlink_promise", "Unlink a promise", "Took a promise away from the finding")
    actions.register_action("findings.bring_in", "Bring findings in", "Brought a finding in from elsewhere")


hooks.register("erase_area", erase_findings_of)
