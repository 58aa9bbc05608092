"""Looking at a draft of many questions in eight languages: on the workbench, as a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.flows.freezing import drafted
from tests.factories.people import at_desk

SHOWN = {
    "workbench": ("workbench",),
    "phone": ("preview_frame", "phone", "cy"),
    "paper": ("preview_frame", "print", "cy"),
}


class Preview(Flow):
    """An officer opens the workbench of a draft, and its preview in Welsh: how long it takes, in how many queries."""

    sizes = {Size.TINY: 3, Size.SMALL: 10, Size.LARGE: 49}

    def setup(self, n: int, folder: Path) -> None:
        """Writes the questions in every language, and a draft of a survey that asks them."""
        self.n = n
        # The desk's own files are not made ready for the catalogue; their names cost nothing to write.
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        self.plain = override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain})
        self.plain.enable()
        self.survey, (author, *_others) = drafted(n)
        self.client = at_desk(Client(), author)
        self.replies: dict[str, str] = {}
        for name in SHOWN:  # what a process reads once is not counted
            self._open(name)

    def _open(self, name: str) -> None:
        view, *rest = SHOWN[name]
        reply = self.client.get(reverse(f"desk:{view}", args=[self.survey.pk, *rest]))
        check(reply.status_code == 200, f"{name} answered {reply.status_code}.")
        self.replies[name] = reply.content.decode()

    def run(self) -> Figures:
        """Opens each once more."""
        figures: Figures = {}
        for name in SHOWN:
            began = perf_counter()
            with CaptureQueriesContext(connection) as queries:
                self._open(name)
            figures |= {f"{name}_ms": 1000 * (perf_counter() - began), f"{name}_queries": len(queries)}
        return figures

    def verify(self) -> None:
        """Every question is there, in its own words."""
        for name, page in self.replies.items():
            for number in range(self.n):
                check(f"day {number}?" in page, f"Question {number} is missing on {name}.")

    def close(self) -> None:
        """Gives the settings back."""
        self.plain.disable()

    def work(self, n: int) -> str:
        """How many questions."""
        return f"{n} questions in 8 languages"

    def result(self, figures: Mapping[str, float]) -> str:
        """Milliseconds and queries of each."""
        return "; ".join(
            f"{name} {figures[f'{name}_ms']:.0f} ms, {figures[f'{name}_queries']:.0f} queries" for name in SHOWN
        )
