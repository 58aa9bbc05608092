"""What a report of an error may say of what a respondent sent: nothing."""

from __future__ import annotations

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


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
