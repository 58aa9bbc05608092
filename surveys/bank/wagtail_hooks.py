from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from surveys.bank.actions import note_change
from surveys.bank.models import QuestionPage


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("bank.submit", "Submit a question", "Said that the question is ready")
    actions.register_action("bank.approve", "Approve a question", "Approved the question for a care council")
    actions.register_action("bank.confirm", "Confirm a question", "Confirmed the question as a second adult")
    actions.register_action("bank.send_back", "Send a question back", "Sent the question back")
    actions.register_action("bank.answer_refusal", "Answer a refusal", "Answered why the question was sent back")
    actions.register_action("bank.take_back", "Take a question back", "Went on working on the question")
    actions.register_action("bank.retire", "Retire a question", "Retired the question")
    actions.register_action("bank.take_up", "Take a question up again", "Took the question up again")
    actions.register_action("bank.change_wording", "Change words of a question", "Changed the words of the question")
    actions.register_action("bank.save_scale", "Save a scale", "Said which questions belong together")
    actions.register_action("bank.load", "Load a question", "Put the question in from the starting bank")


@hooks.register("after_edit_page")
@hooks.register("before_publish_page")
def after_edit_page(request: HttpRequest, page: Page) -> None:
    """What the form changed in the words goes into the log, with the reason."""
    if isinstance(page, QuestionPage):
        note_change(page, by=request.user)
