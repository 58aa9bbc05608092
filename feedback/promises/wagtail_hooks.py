from wagtail import hooks

from feedback.privacy.actions import FORGETTING
from feedback.privacy.erasures import Erasures
from feedback.promises.blockage_actions import recall_blockages_again
from feedback.promises.blockages import recalled_blockages
from feedback.promises.for_receipts import told_at, told_to
from feedback.promises.forgetting_actions import forget_owner
from feedback.promises.question_actions import erase_questions_of, recall_fallen_questions, recall_worrying_questions
from feedback.promises.reminder_actions import remind_owners
from feedback.promises.undoing import recall_those, recalled_questions
from surveys.answering.promised import ADDRESS, PROMISED


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("promises.promise", "Promise", "Promised something, or said why it cannot be done")
    actions.register_action("promises.add_words", "Word a promise", "Added words in another language to a promise")
    actions.register_action("promises.move_day", "Move the day of a promise", "Moved the day of a promise")
    actions.register_action("promises.keep", "Keep a promise", "Said that a promise was kept")
    actions.register_action("promises.say_cannot", "Say that it cannot be done", "Said that a promise cannot be kept")
    actions.register_action("promises.promise_again", "Promise again", "Promised again what was not done")
    actions.register_action("promises.take_back", "Take a promise back", "Took a promise back")
    actions.register_action("promises.hand_over", "Hand a promise over", "Gave a promise to another owner")
    actions.register_action("promises.forget_owner", "Forget an owner", "Put a role in the place of an erased owner")
    actions.register_action("promises.doubt", "Doubt a promise", "Said for the care council that it was not kept")
    actions.register_action("promises.end_doubt", "Doubt no more", "Said for the care council that it was kept")
    actions.register_action("promises.look_for_questions", "Look for questions", "Read usable comments for questions")
    actions.register_action("promises.look_at_questions", "Look at questions", "Read questions that are not public")
    actions.register_action("promises.mark_question", "Mark a question", "Marked a comment as a child’s question")
    actions.register_action("promises.unmark_question", "Unmark a question", "Said that it is no question after all")
    actions.register_action("promises.let_question_out", "Let a question out", "Let everybody read a child’s question")
    actions.register_action("promises.answer_question", "Answer a question", "Wrote an answer to a child’s question")
    actions.register_action("promises.approve_answer", "Let an answer out", "Let an answer out as the second person")
    actions.register_action("promises.send_answer_back", "Send an answer back", "Sent an answer back with a reason")
    actions.register_action("promises.recall_question", "Recall a question", "Recalled a child’s question for good")
    actions.register_action("promises.remind", "Remind of a promise", "Reminded an owner that a promise waits")
    actions.register_action("promises.word_blockage", "Word what gets in the way", "Worded what gets in the way")
    actions.register_action("promises.join_named", "Join to the board", "Joined what was named to what is on the board")
    actions.register_action("promises.reword_blockage", "Change words", "Changed words that were not public yet")
    actions.register_action("promises.publish_blockage", "Publish what gets in the way", "Put it onto the board")
    actions.register_action("promises.give_blockage", "Give to an owner", "Said who looks after what gets in the way")
    actions.register_action("promises.answer_blockage", "Answer what gets in the way", "Answered what gets in the way")
    actions.register_action("promises.join_blockages", "Put two together", "Put two of the board together")
    actions.register_action("promises.recall_blockage", "Take off the board", "Took something off the board")
    actions.register_action("promises.finish_review", "Finish a review", "Looked through the whole board")


@hooks.register("register_erasures")
def erasures() -> list[Erasures]:
    """What was taken back from the public for good."""
    return [
        Erasures("question", recalled_questions, recall_those),
        Erasures("blockage", recalled_blockages, recall_blockages_again),
    ]


hooks.register(PROMISED, told_to)
hooks.register(ADDRESS, told_at)
hooks.register("reminders", remind_owners)
hooks.register("comments_fell", recall_fallen_questions)
hooks.register("swept", recall_worrying_questions)
hooks.register("erase_area", erase_questions_of)
hooks.register(FORGETTING, forget_owner)
