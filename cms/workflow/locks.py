"""Why nobody can edit a survey while others decide on it, in a sentence that says whose turn it is."""

from __future__ import annotations

from wagtail.locks import WorkflowLock


class Awaits(WorkflowLock):
    """Keeps a survey as it was submitted until it is decided on."""

    waits_for = ""

    def get_message(self, user) -> str:
        """Whose turn it is, and what to do."""
        return f"{self.waits_for.format(council=self._council())} Until then nobody edits it. {self._to_do(user)}"

    def _council(self) -> str:
        return str(self.object.specific.care_council or "The care council")

    def _to_do(self, user) -> str:
        if self.task.specific.get_actions(self.object, user):
            return "Decide on it under Surveys in the menu."
        return "Whoever works on it can take it back under Surveys in the menu."

    def get_locked_by(self, user, can_lock: bool = False) -> str:
        """What keeps it."""
        return "In approval"

    def get_description(self, user, can_lock: bool = False) -> str:
        """Whose turn it is, in short."""
        return self.waits_for.format(council=self._council())


class AwaitsCareCouncil(Awaits):
    """It is the care council's turn."""

    waits_for = "This survey waits for {council}: a member who neither edited nor submitted it approves or refuses it."


class AwaitsSecondPerson(Awaits):
    """It is a second person's turn."""

    waits_for = "{council} approved this survey, and an officer who neither edited nor submitted it freezes it now."
