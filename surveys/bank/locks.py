"""Why a question of the bank cannot be edited just now, in a sentence."""

from __future__ import annotations

from wagtail.locks import BaseLock


class QuestionLock(BaseLock):
    """Keeps a question as it is, for everybody, and says until when."""

    why = ""
    in_short = ""

    def for_user(self, user) -> bool:
        """Nobody edits it."""
        return True

    def get_message(self, user) -> str:
        """What happened, and what to do."""
        return self.why

    def get_locked_by(self, user) -> str:
        """What keeps it."""
        return self.in_short

    def get_description(self, user) -> str:
        """The same in short."""
        return f"{self.in_short}: nobody edits it."


class AwaitsCouncil(QuestionLock):
    """It is a care council's turn."""

    in_short = "In approval"
    why = (
        "This question waits for a care council: a member who neither edited nor submitted it approves it or sends it "
        "back. Until then nobody edits it. Whoever works on it can take it back under Question bank in the menu."
    )


class AwaitsSecondAdult(QuestionLock):
    """It is a second person's turn."""

    in_short = "In approval"
    why = (
        "A care council approved this question, and an officer who neither edited nor submitted it confirms it now, "
        "under Question bank in the menu. Until then nobody edits it."
    )


class RetiredLock(QuestionLock):
    """It is not asked any more."""

    in_short = "Retired"
    why = (
        "This question is retired, so it stays as it was asked. To work on it again, open it under Question bank in "
        "the menu and press “Take it up again”."
    )
