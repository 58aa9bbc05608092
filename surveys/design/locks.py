"""Why a survey cannot be edited just now, in a sentence."""

from __future__ import annotations

from wagtail.locks import BaseLock


class FrozenLock(BaseLock):
    """Keeps a frozen survey as it was frozen, until somebody says that they go on working on it."""

    def for_user(self, user) -> bool:
        """Nobody edits what is frozen."""
        return True

    def get_message(self, user) -> str:
        """What happened, and what to do."""
        return (
            "This survey is frozen, so it stays as it was asked. To change it, open it under Surveys in the menu and "
            "press “Go on working on it”; the next freezing makes a new edition."
        )

    def get_locked_by(self, user) -> str:
        """What keeps it."""
        return "Frozen"

    def get_description(self, user) -> str:
        """The same in short."""
        return "Frozen: nobody edits it until somebody goes on working on it."
