"""What a log may say of a respondent's page: that something went wrong there, and never its address."""

from __future__ import annotations

import logging

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

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


class WithoutWords(SafeExceptionReporterFilter):
    """Leaves what was sent, and what the code had in its hands, out of every report of an error, wherever it goes."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: a respondent's words are no less theirs on a laptop."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """The names of the fields."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request is not None else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame) -> list[tuple[str, str]]:
        """The names of the variables."""
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
