"""Making an annual report of so many pages a tagged PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import cycle, islice
from pathlib import Path

import pikepdf
from django.test import Client

from benchmarks import invented
from benchmarks.flow import Figures, Flow, Size, check
from cms.pages import pdf
from cms.pages.models import AnnualReportPage
from feedback.disclosure.rules import Table
from feedback.releases.actions import release_through
from feedback.releases.models import Release
from surveys.frame.models import Area
from tests.factories import asking, reporting
from tests.factories.listening import analyst, checker

WORDS = ("text", "<p>" + "What they said, and what may follow from it. " * 12 + "</p>")
RESPONSES, FIGURES_IN_A_CHAPTER = 1_000, 2


class AnnualReportAsPdf(Flow):
    """Somebody asks for the PDF of a report: figures with their tables and questions, a page or less for each."""

    sizes = {Size.TINY: 4, Size.SMALL: 10, Size.LARGE: 40}

    def setup(self, n: int, folder: Path) -> None:
        """Publishes a release, and a report with so many figures."""
        self.figures = n
        area = asking.area("reporting")
        release = _released(area)
        shown = release.windows.filter(table=Table.OVERALL, groups__reason="").values_list("question", flat=True)
        chosen = [_figure(release, one) for one in islice(cycle(sorted(set(shown))), n)]
        parts = [chosen[at : at + FIGURES_IN_A_CHAPTER] for at in range(0, n, FIGURES_IN_A_CHAPTER)]
        chapters = [reporting.chapter(f"Chapter {place}", WORDS, *part) for place, part in enumerate(parts, start=1)]
        made = reporting.report(reporting.home_of(area), *chapters, reporting.youngest())
        self.report: AnnualReportPage = reporting.published(made)

    def run(self) -> Figures:
        """Asks for the PDF, as the first of the minute."""
        pdf.kept = pdf.Kept()
        self.reply = Client().get(f"{self.report.get_url()}pdf/")
        pages = len(pikepdf.open(io.BytesIO(self.reply.content)).pages) if self.reply.status_code == 200 else 0
        return {"bytes": len(self.reply.content), "pages": pages}

    def verify(self) -> None:
        """It is a tagged PDF with every figure as a table."""
        check(self.reply.status_code == 200, f"The PDF answered {self.reply.status_code}.")
        document = pikepdf.open(io.BytesIO(self.reply.content))
        check("/StructTreeRoot" in document.Root, "The PDF is not tagged.")
        tables = sum(one.get("/S") == "/Table" for one in document.objects if isinstance(one, pikepdf.Dictionary))
        check(tables >= self.figures, f"The PDF has {tables} tables of {self.figures}.")
        check(len(document.pages) >= self.figures * 3 // 4, f"The PDF has {len(document.pages)} pages.")

    def work(self, n: int) -> str:
        """How many figures, which is about how many pages."""
        return f"a report of {n} figures"

    def result(self, figures: Mapping[str, float]) -> str:
        """Pages, and how large the file is."""
        return f"{figures['pages']:.0f} pages, {figures['bytes'] / 1000:,.0f} kB, tagged"


def _released(area: Area) -> Release:
    edition = asking.edition(*invented.items(), of=area)
    asking.open_wave(of=area, edition=edition)
    invented.frame(area)
    invented.store_coded_responses(edition, area, n=RESPONSES)
    return release_through(invented.QUARTERS[-1], area=area, proposed_by=analyst(), approved_by=checker())[-1]


def _figure(release: Release, question: str) -> tuple[str, dict[str, str]]:
    return reporting.figure(release, question, we_think="It may be who was asked. Ask who was not there, and why.")
