"""What a log may say of a respondent's page: that something went wrong there, and never its address.

Without Django: the process that starts the web's workers uses it, and would hand on to them the Django that it once
began with, whatever an update has put in its place.
"""

from __future__ import annotations

import logging

RESPONDENTS = "/a/"


class WithoutAddresses(logging.Filter):
    """Takes the address of a respondent's page, which may hold the id of a response, out of a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every line."""
        if isinstance(record.args, tuple):
            record.args = tuple(f"{RESPONDENTS}…" if _is_address(part) else part for part in record.args)
        return True


def _is_address(part: object) -> bool:
    return isinstance(part, str) and part.startswith(RESPONDENTS)
