"""The catalogue: every flow by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benchmarks.flow import Flow
from benchmarks.flows.accepting import Accept
from benchmarks.flows.annual_report import AnnualReportAsPdf
from benchmarks.flows.devices import Devices
from benchmarks.flows.faults import Faults
from benchmarks.flows.first_visit import FirstVisit
from benchmarks.flows.freezing import Freeze
from benchmarks.flows.importing import Import
from benchmarks.flows.peers import Peers
from benchmarks.flows.previewing import Preview
from benchmarks.flows.protecting import Protect
from benchmarks.flows.protecting_nation import ProtectNation
from benchmarks.flows.public_pages import PublicPages
from benchmarks.flows.redacting import Redact
from benchmarks.flows.releasing_areas import ReleaseAreas
from benchmarks.flows.releasing_nation import ReleaseNation
from benchmarks.flows.results_page import ResultsPageQueries
from benchmarks.flows.screening import Screen
from benchmarks.flows.sealing import Seal
from benchmarks.flows.slow_phone import SlowPhone
from benchmarks.flows.soak import Soak
from benchmarks.flows.tallying import Tally
from benchmarks.flows.upgrading import Upgrade

FLOWS: dict[str, Callable[[], Flow]] = {
    "import": Import,
    "accept-8": lambda: Accept(clients=8),
    "accept-32": lambda: Accept(clients=32),
    "devices": Devices,
    "faults": Faults,
    "soak": Soak,
    "upgrade": Upgrade,
    "peers": Peers,
    "first-visit": FirstVisit,
    "slow-phone": SlowPhone,
    "freeze": Freeze,
    "preview": Preview,
    "protect": Protect,
    "protect-nation": ProtectNation,
    "release-areas": ReleaseAreas,
    "release-nation": ReleaseNation,
    "tally": Tally,
    "redact": Redact,
    "screen": Screen,
    "seal": Seal,
    "results-page": ResultsPageQueries,
    "public-pages": PublicPages,
    "annual-report": AnnualReportAsPdf,
}


class NoSuchFlow(ValueError):
    """Raised for a name that is not in the catalogue."""


def chosen(names: Iterable[str]) -> list[str]:
    """The flows that are named, in the order of the catalogue; "accept" names both of its kinds, nothing names all."""
    names = list(names)
    if unknown := [name for name in names if not any(_is_named(flow, name) for flow in FLOWS)]:
        raise NoSuchFlow(f"There is no flow {unknown[0]!r}. There are: {', '.join(FLOWS)}.")
    return [flow for flow in FLOWS if not names or any(_is_named(flow, name) for name in names)]


def _is_named(flow: str, name: str) -> bool:
    return flow == name or flow.rpartition("-")[0] == name == "accept"
