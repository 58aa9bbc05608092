"""The funnel of the national view: made of printed figures, in no order, with no area picked out."""

import re

import pytest

from cms.pages.funnel_drawing import drawn
from feedback.releases.funnels import FEWEST, funnel_of
from feedback.releases.models import ClosedGroup
from feedback.releases.nation import comparison
from surveys.frame.models import Area
from tests.factories import nation

pytestmark = pytest.mark.django_db
ADDRESS = "/nation/questions/listened/"
TOGETHER = {"yes": 400.0, "sometimes": 200.0, "no": 180.0, "did_not_answer": 20.0}


def area(name, n, share):
    """An area of which so many said yes."""
    yes = round((n - 6) * share)
    rest = (n - 6 - yes) / 2
    values = {"yes": float(yes), "sometimes": rest, "no": rest, "did_not_answer": 6.0}
    return nation.of(Area.objects.create(code=name.lower(), name=name), "2026Q2", n=n, values=values)


@pytest.fixture
def five():
    nation.asked()
    for name, n, share in (
        ("Zeal", 60, 0.85), ("Aster", 400, 0.2), ("Mead", 120, 0.5), ("Brook", 250, 0.5), ("Ford", 90, 0.45),
    ):  # fmt: skip
        area(name, n, share)
    nation.of(None, "2026Q2", n=800, values=TOGETHER)


def text_of(client):
    reply = client.get(ADDRESS)
    assert reply.status_code == 200
    return reply.content.decode()


def test_areas_are_dots_that_look_alike_and_are_named_in_the_table_only(client, five):
    text = text_of(client)
    funnel = text[text.index('<section class="funnel"') :]
    svg = funnel[funnel.index("<svg") : funnel.index("</svg>")]
    assert set(re.findall(r'<circle class="(.*?)"', svg)) == {"dot"}
    assert svg.count("<circle") == 5
    assert "Aster" not in svg
    table = funnel[funnel.index("<table") : funnel.index("</table>")]
    assert table.index("Aster") < table.index("Brook") < table.index("Mead") < table.index("Zeal")
    assert table.count("Outside both lines") == 2
    assert "style=" not in funnel
    assert not re.search(r"\b(best|worst|rank\w*|better|worse|target|outlier)\b", funnel)


def test_what_lying_outside_cannot_mean_is_said(client, five):
    text = text_of(client)
    assert "It cannot mean that an area does well or badly" in text
    assert "Of 5 areas about 1 lies outside the inner band by chance alone." in text


def test_fewer_areas_are_shown_as_ranges_only(client):
    nation.many_areas(FEWEST - 1)
    text = text_of(client)
    assert '<section class="funnel"' not in text
    assert "Areas beside all areas together" in text


def test_an_area_that_shows_nothing_is_in_the_table_and_not_in_the_picture(client, five):
    area("Hill", 80, 0.5)
    ClosedGroup.objects.filter(window__area__code="hill").update(respondents=None, values={}, reason="too_few")
    funnel = funnel_of(comparison("listened", "yes"))
    (hill,) = [one for one in funnel.points if one.who == "Hill"]
    assert hill.people is None
    assert "Not in the picture" in hill.says
    assert len(drawn(funnel).points) == 5


def test_nothing_is_drawn_that_its_row_does_not_print(client, five):
    found = comparison("listened", "yes")
    printed = {one.who: one.cell.percent for one in found.areas if one.cell}
    for one in funnel_of(found).drawn:
        assert str(one.percent) == printed[one.who]


def test_everybody_masked_has_no_funnel(client, five):
    ClosedGroup.objects.filter(window__area=None, window__question="listened").update(
        values={"yes": 1.0, "sometimes": 399.0, "no": 380.0, "did_not_answer": 20.0}
    )
    assert funnel_of(comparison("listened", "yes")) is None
    assert '<section class="funnel"' not in text_of(client)


def test_one_very_small_and_one_very_large_area_are_drawn_inside_the_picture(client, five):
    area("Little", 30, 0.5)
    area("Vast", 40_000, 0.5)
    shown = drawn(funnel_of(comparison("listened", "yes")))
    assert all(44 <= x <= 388 and 12 <= y <= 232 for x, y in shown.points)
