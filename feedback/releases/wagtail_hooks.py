from wagtail import hooks

from feedback.privacy.erasures import Erasures
from feedback.releases.models import BlockTally
from feedback.releases.quote_actions import recall_fallen, recall_of_area, recall_worrying
from feedback.releases.undoing import recall_those, recalled_quotes, withdraw_those, withdrawn_releases


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("releases.draft", "Make a release", "Made the draft")
    actions.register_action("releases.proposed", "Propose a release", "Proposed the release")
    actions.register_action("releases.returned", "Return a release", "Sent the release back")
    actions.register_action("releases.approved", "Approve a release", "Approved the release")
    actions.register_action("releases.published", "Publish a release", "Published the release")
    actions.register_action("releases.withdrawn", "Withdraw a release", "Withdrew the release")
    actions.register_action("releases.attacked", "Attack a release", "Let the attack suite run on the release")
    actions.register_action("releases.look_for_quotes", "Look for quotes", "Looked through usable comments for quotes")
    actions.register_action("releases.look_at_quotes", "Look at quotes", "Read quotes that are not published")
    actions.register_action("releases.choose_quote", "Choose a quote", "Chose a quote for the release")
    actions.register_action("releases.drop_quote", "Drop a quote", "Took a quote out of the release")
    actions.register_action("releases.recall_quote", "Recall a quote", "Recalled a quote of the release")
    actions.register_action("releases.order_quotes", "Put quotes in order", "Put the quotes of the release in order")
    actions.register_action("releases.interpret", "Interpret figures", "Said what figures may mean")
    actions.register_action("releases.record_test", "Record a test", "Wrote down a test of the release")
    actions.register_action("releases.make_measure", "Make a measure", "Made a measure")
    actions.register_action("releases.change_measure", "Change a measure", "Changed a measure")
    actions.register_action("releases.retire_measure", "Retire a measure", "Retired a measure")
    actions.register_action("releases.take_up_measure", "Take up a measure", "Took up a measure again")
    actions.register_action("releases.import_population", "Bring in population figures", "Brought in counts")
    actions.register_action("releases.set_thresholds", "Set thresholds", "Set the area’s thresholds")


@hooks.register("erase_area")
def erase_tallies(area) -> None:
    """True counts are as sensitive as the answers they are made of; what is published stays, but for words."""
    BlockTally.objects.filter(area=area).delete()
    recall_of_area(area)


hooks.register("comments_fell", recall_fallen)
hooks.register("swept", recall_worrying)


@hooks.register("register_erasures")
def erasures() -> list[Erasures]:
    """What was taken back from the public for good."""
    return [
        Erasures("quote", recalled_quotes, recall_those),
        Erasures("release", withdrawn_releases, withdraw_those),
    ]
