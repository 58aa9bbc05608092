from wagtail import hooks

from feedback.privacy.erasures import Erasures
from feedback.safeguarding.blockage_actions import blockages_left, erase_area_blockages, erase_old_blockages
from feedback.safeguarding.contacts import forget_contacts
from feedback.safeguarding.erased import erased_cards
from feedback.safeguarding.forgetting import erase_old_records
from feedback.safeguarding.goal_actions import (
    cards_left,
    erase_area_cards,
    erase_cards_again,
    erase_old_cards,
)
from feedback.safeguarding.letters import erase_old_letters
from feedback.safeguarding.talk_actions import erase_area_talks, erase_old_talk_texts, talk_texts_left
from feedback.safeguarding.watching import waiting_watched


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("safeguarding.read_concern", "Read a concern", "Read what was written")
    actions.register_action("safeguarding.close_concern", "Close a concern", "Closed the concern")
    actions.register_action("safeguarding.refer_concern", "Refer a concern", "Referred the concern")
    actions.register_action("safeguarding.claim_concern", "Take on a concern", "Took the concern on")
    actions.register_action("safeguarding.hand_over_concern", "Hand over a concern", "Handed the concern over")
    actions.register_action("safeguarding.ask_for_opinion", "Ask for a second opinion", "Asked for a second opinion")
    actions.register_action("safeguarding.give_opinion", "Give a second opinion", "Gave a second opinion")
    actions.register_action("safeguarding.note_concern", "Note something", "Left a note")
    actions.register_action("safeguarding.set_setting", "Say a setting", "Said which setting it is about")
    actions.register_action("safeguarding.add_setting", "Add a setting", "Put a setting on the list")
    actions.register_action("safeguarding.close_setting", "Close a setting", "Took a setting off the list")
    actions.register_action("safeguarding.read_text", "Read a text", "Read what somebody wrote")
    actions.register_action("safeguarding.finish_reading", "Finish reading a text", "Said that a text was read")
    actions.register_action("safeguarding.read_contact", "Read a message", "Read the message of somebody who asked")
    actions.register_action("safeguarding.close_contact", "Close a message", "Said what was done about a message")
    actions.register_action("safeguarding.reply", "Reply", "Replied to somebody through their receipt")
    actions.register_action("safeguarding.read_letter", "Read a letter", "Read what somebody wrote back")
    actions.register_action("safeguarding.pass_on", "Pass on a worry", "Passed a comment to the safeguarding leads")
    actions.register_action("safeguarding.hear", "Hear a child", "Read what a child said who chose them")
    actions.register_action("safeguarding.answer_child", "Answer a child", "Answered a child who chose them")
    actions.register_action("safeguarding.raise_what_was_heard", "Raise a worry", "Passed what they heard to the leads")
    actions.register_action(
        "safeguarding.hear_in_place", "Hear in place", "Said that a child was heard in place of another"
    )
    actions.register_action("safeguarding.ask_code", "Ask for a card", "Asked for the number of a card")
    actions.register_action("safeguarding.agree_to_code", "Agree to a card", "Agreed that a card is looked up")
    actions.register_action("safeguarding.refuse_code", "Refuse a card", "Refused that a card is looked up")
    actions.register_action("safeguarding.look_at_code", "Look at a card", "Looked at the number of a card")
    actions.register_action("safeguarding.tell_of_code", "Tell of a card", "Said that the child was told")
    actions.register_action("safeguarding.read_goal", "Read a goal", "Read a goal that a family set")
    actions.register_action("safeguarding.finish_goal", "Finish reading a goal", "Said that a goal was read")
    actions.register_action("safeguarding.read_talk", "Read a talk", "Read what was said in a talk")
    actions.register_action("safeguarding.finish_talk", "Finish reading a talk", "Said that a talk was read")
    actions.register_action("safeguarding.erase_card", "Erase a family’s card", "Erased a family’s card with all on it")
    actions.register_action("safeguarding.plan_duty", "Plan duty", "Put somebody on duty")
    actions.register_action("safeguarding.remove_duty", "Remove duty", "Took somebody off the duty rota")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("words of messages that were done with", forget_contacts, None, ""),
        ("letters that were read and whose days are over", erase_old_letters, None, ""),
        (
            "family cards unused for a year",
            erase_old_cards,
            cards_left,
            "because a goal on them is unread or a worry open",
        ),
        (
            "what gets in the way, decided on four weeks ago",
            erase_old_blockages,
            blockages_left,
            "because a worry about it is open",
        ),
        (
            "what was said in talks, decided on four weeks ago or a year old",
            erase_old_talk_texts,
            talk_texts_left,
            "because a lead has not read it or a worry about it is open",
        ),
        ("worries, readings and messages finished six years ago", erase_old_records, None, ""),
    ]


hooks.register("erase_area", erase_area_cards)
hooks.register("erase_area", erase_area_blockages)
hooks.register("erase_area", erase_area_talks)


@hooks.register("register_erasures")
def erasures() -> list[Erasures]:
    """The cards that families had erased."""
    return [Erasures("family card", erased_cards, erase_cards_again)]


@hooks.register("register_watched")
def watched():
    """Whether something waits here for too long."""
    return waiting_watched()
