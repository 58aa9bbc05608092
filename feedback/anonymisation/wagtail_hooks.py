from wagtail import hooks

from feedback.anonymisation.actions import erase_withdrawn
from feedback.anonymisation.erasing import (
    erase_again,
    erase_left_out,
    erase_old_answers,
    old_but_undecided,
    old_but_unread,
)
from feedback.anonymisation.flood_watching import floods_watched, forget_open_days
from feedback.anonymisation.proposal_actions import erase_old_proposals
from feedback.anonymisation.talk_actions import erase_talks_again, erase_told_talk_of, recall_talk_again
from feedback.anonymisation.telling_talk import erased_talks, recalled_talk
from feedback.anonymisation.theme_actions import erase_themes_of, leave_themes
from feedback.privacy.erasures import Erasures
from feedback.privacy.watching import Watched
from surveys.responses.models import Withdrawal

# They were told that a person reads it; so it waits until one has.
UNREAD = "because nobody has read what was written there: safeguarding leads find it under Texts to read"
UNDECIDED = "because nobody has decided whether answers count that were put aside: see the page of the wave"


@hooks.register("register_log_actions")
def log_actions(actions) -> None:
    """Names what this room writes into the log."""
    actions.register_action("anonymisation.close_quarter", "Close a quarter", "Closed the quarter")
    actions.register_action(
        "anonymisation.put_in_block", "Put answers in a block", "Put the quarter's answers in a published block"
    )
    actions.register_action("anonymisation.merge_areas", "Merge areas", "Merged the area into another")
    actions.register_action(
        "anonymisation.decide_flood", "Decide on many answers at once", "Decided on more answers than is plausible"
    )
    actions.register_action("anonymisation.read_comment", "Read a comment", "Read a comment beside what was written")
    actions.register_action("anonymisation.read_blockage", "Read what gets in the way", "Read what gets in the way")
    actions.register_action(
        "anonymisation.decide_blockage",
        "Decide on what gets in the way",
        "Decided what becomes of what gets in the way",
    )
    actions.register_action("anonymisation.read_talk", "Read what was said", "Read what was said in a talk")
    actions.register_action(
        "anonymisation.decide_talk", "Decide on what was said", "Decided on what was said in a talk"
    )
    actions.register_action("anonymisation.look_at_talk", "Look at talk", "Read what is told of talks, or will be")
    actions.register_action("anonymisation.recall_talk", "Recall talk", "Recalled what was told of a talk")
    actions.register_action("anonymisation.erase_talk", "Erase a talk", "Erased a talk with every word of it")
    actions.register_action("anonymisation.moderate", "Decide on a comment", "Decided on a comment")
    actions.register_action("anonymisation.propose_words", "Propose words", "Proposed words for the lists of redaction")
    actions.register_action("anonymisation.read_proposals", "Read proposed words", "Read words proposed for the lists")
    actions.register_action("anonymisation.accept_word", "Accept a word", "Put a proposed word onto a list")
    actions.register_action("anonymisation.refuse_word", "Refuse a word", "Refused a proposed word")
    actions.register_action("anonymisation.take_back", "Take a decision back", "Took back a decision on a comment")
    actions.register_action("anonymisation.look_for_themes", "Look for themes", "Read usable comments to find themes")
    actions.register_action("anonymisation.name_theme", "Name a theme", "Named a theme of comments")
    actions.register_action("anonymisation.rename_theme", "Rename a theme", "Gave a theme other words")
    actions.register_action("anonymisation.put_to_theme", "Put to a theme", "Put comments to a theme")
    actions.register_action("anonymisation.take_out_of_theme", "Take out of a theme", "Took a comment out of a theme")
    actions.register_action("anonymisation.merge_themes", "Merge themes", "Merged a theme into another")
    actions.register_action("anonymisation.end_theme", "End a theme", "Ended a theme")
    actions.register_action("anonymisation.take_up_theme", "Take a theme up", "Took an ended theme up again")
    actions.register_action("anonymisation.confirm_theme", "Confirm a theme", "Confirmed a theme as a second person")


@hooks.register("register_retention_sweeps")
def retention_sweeps() -> list[tuple]:
    """What this room erases when it has been kept long enough: kind, what erases it, what is left, and why."""
    return [
        ("what was made of answers that were taken back", erase_withdrawn, None, ""),
        ("words that were proposed for lists and nobody decided on", erase_old_proposals, None, ""),
        ("answers and words whose days are over", erase_old_answers, old_but_unread, UNREAD),
        ("answers that were left out of every figure", erase_left_out, old_but_undecided, UNDECIDED),
        ("daily numbers of waves that take no more answers", forget_open_days, None, ""),
    ]


@hooks.register("register_watched")
def watched() -> list[Watched]:
    """Days on which more answers came than is plausible, and answers that wait for a decision."""
    return list(floods_watched())


hooks.register("comments_fell", leave_themes)
hooks.register("erase_area", erase_themes_of)
hooks.register("erase_area", erase_told_talk_of)


@hooks.register("register_erasures")
def erasures() -> list[Erasures]:
    """The answers that were taken back, with all made of them; talks that were erased, and what was recalled."""
    return [
        Erasures("response", Withdrawal.objects.digests, erase_again),
        Erasures("talk", erased_talks, erase_talks_again),
        Erasures("told talk", recalled_talk, recall_talk_again),
    ]
