"""Every flow of the benchmark catalogue does its work, and notices when it was not done."""

import pytest

from benchmarks.case import measure
from benchmarks.cases import Case, outcome
from benchmarks.catalogue import FLOWS, NoSuchFlow, chosen
from benchmarks.flow import Engine, NotDone, Size
from benchmarks.report import table
from surveys.responses.models import Response


@pytest.mark.parametrize("name", FLOWS)
def test_every_flow_has_a_small_and_a_large_size(name):
    flow = FLOWS[name]()
    assert flow.sizes[Size.TINY] < flow.sizes[Size.SMALL] < flow.sizes[Size.LARGE]
    assert flow.work(flow.sizes[Size.SMALL]) != flow.work(flow.sizes[Size.LARGE])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "freeze",
        "preview",
        "import",
        "protect",
        "protect-nation",
        "release-areas",
        "release-nation",
        "tally",
        "redact",
        "results-page",
        "annual-report",
        "public-pages",
    ],
)
def test_the_work_is_done_and_its_figures_can_be_told(name, tmp_path):
    flow = FLOWS[name]()
    figures = measure(flow, Size.TINY, tmp_path)
    assert figures["seconds"] > 0
    assert flow.result(figures)


@pytest.mark.django_db
def test_work_that_was_not_done_is_noticed(tmp_path):
    flow = FLOWS["import"]()
    flow.setup(20, tmp_path)
    flow.run()
    Response.objects.first().delete()
    with pytest.raises(NotDone, match="19 of 20"):
        flow.verify()


def test_a_nation_that_was_not_protected_as_the_readable_way_says_is_noticed(tmp_path):
    flow = FLOWS["protect-nation"]()
    flow.setup(flow.sizes[Size.TINY], tmp_path)
    flow.run()
    made = flow.made[0]
    made.values[0, 0, 0] += 1
    made.values[0, 0, 1] -= 1
    with pytest.raises(NotDone, match="readable way"):
        flow.verify()


def test_a_machine_without_a_browser_is_told_so(monkeypatch, tmp_path):
    monkeypatch.setattr("benchmarks.phone.chromium", lambda: "")
    row = outcome(Case("slow-phone", Size.TINY, Engine.SQLITE), None, tmp_path, repeat=1)
    assert not row.has_failed
    assert "skipped: there is no Chromium" in table([row])


def test_flows_are_chosen_by_name_in_the_order_of_the_catalogue():
    assert chosen([]) == list(FLOWS)
    assert chosen(["protect", "import"]) == ["import", "protect"]
    assert chosen(["accept"]) == ["accept-8", "accept-32"]
    with pytest.raises(NoSuchFlow, match="There are: import"):
        chosen(["nothing"])
