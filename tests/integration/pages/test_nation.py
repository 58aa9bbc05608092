"""All areas together: what is not there is said, areas stand in the order of the alphabet, and many cost no more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.releases.models import ClosedGroup, Release
from feedback.safeguarding.models import Duty
from surveys.frame.models import Area
from tests.factories import asking, nation
from tests.factories.finding import published, published_release
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
PAGES = ("/nation/", "/nation/questions/listened/", "/nation/findings/")


def text_of(client, address, status=200):
    reply = client.get(address)
    assert reply.status_code == status
    return reply.content.decode()


def test_nothing_is_published_yet(client):
    assert "No area has published figures yet." in text_of(client, "/nation/")
    assert "No area has published a finding yet." in text_of(client, "/nation/findings/")
    text_of(client, "/nation/questions/listened/", 404)


def test_what_is_not_there_is_said_first(client):
    nation.many_areas(2)
    Area.objects.create(code="silent", name="Silent Shire")
    text = text_of(client, "/nation/")
    assert "2 of 4 areas have published" in text
    assert "Of 2 areas nothing can be read: First, Silent Shire." in re.sub(r"\s+", " ", text)
    assert "no sign" in text or "says nothing about how children fare" in text


def test_areas_stand_in_the_order_of_the_alphabet_whatever_their_figures(client):
    nation.asked()
    for name, values in (
        ("Zeal", {"yes": 50.0, "sometimes": 5.0, "no": 3.0, "did_not_answer": 2.0}),
        ("Aster", {"yes": 5.0, "sometimes": 20.0, "no": 33.0, "did_not_answer": 2.0}),
        ("Mead", nation.VALUES),
    ):
        nation.of(Area.objects.create(code=name.lower(), name=name), "2026Q2", values=values)
    nation.of(None, "2026Q2", n=180, values={"yes": 92.0, "sometimes": 34.0, "no": 48.0, "did_not_answer": 6.0})
    text = text_of(client, "/nation/questions/listened/")
    assert text.index("Aster") < text.index("Mead") < text.index("Zeal")
    assert text.count("The two ranges lie apart") == 2
    assert text.count("The two ranges overlap: the difference could be chance.") == 1
    main = text[text.index("<main") : text.index("</main>")]
    assert not re.search(r"\b(best|worst|rank(ed|ing)?|better|worse|target|red|amber|green)\b", main)


def test_a_figure_is_read_through_the_one_door(client):
    nation.many_areas(2)
    area = Area.objects.get(code="area-000")
    ClosedGroup.objects.filter(window__area=area).update(respondents=None, values={}, reason="too_few")
    text = text_of(client, "/nation/questions/listened/")
    assert text.count("Not shown: too few people answered.") == 1
    assert "not shown, too few answered" in text_of(client, "/nation/")


def test_what_is_withdrawn_is_said_and_not_shown(client):
    nation.many_areas(2)
    Release.objects.filter(area__code="area-001").update(status="withdrawn")
    text = text_of(client, "/nation/")
    assert "Withdrawn" in text
    assert "It has not published this question." not in text_of(client, "/nation/questions/listened/")
    assert "Nothing is published here yet." in text_of(client, "/nation/questions/listened/")


@pytest.mark.parametrize("answer", ["no", "", "never offered", "\x00", "x" * 5000, "<script>"])
def test_whatever_answer_is_asked_for_one_that_was_offered_is_shown(client, answer):
    nation.many_areas(2)
    reply = client.get("/nation/questions/listened/", {"answer": answer})
    assert reply.status_code == 200
    assert reply.content.decode().count(" selected") == 1


@pytest.mark.parametrize("name", ["nothing", "%00", "a b", "who_was_there~9"])
def test_questions_that_are_not_there(client, name):
    nation.many_areas(1)
    assert client.get(f"/nation/questions/{name}/").status_code == 404


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_cost_the_same_for_two_areas_and_for_150(client):
    nation.many_areas(2)
    few = {address: counted(client, address) for address in PAGES}
    nation.many_areas(150)
    many = {address: counted(client, address) for address in PAGES}
    assert few == many
    assert max(many.values()) < 20
    assert text_of(client, "/nation/").count("Last published") == 150


@pytest.mark.parametrize("role", [Role.NATIONAL_OVERSEER, Role.OUTPUT_CHECKER])
def test_the_desk_costs_the_same_for_two_areas_and_for_150(client, role):
    at_desk(client, staff("somebody", role))
    nation.many_areas(2)
    few = counted(client, "/desk/work/nation/"), counted(client, "/desk/")
    nation.many_areas(150)
    assert (counted(client, "/desk/work/nation/"), counted(client, "/desk/")) == few


def test_the_first_page_of_a_national_lead_costs_the_same_for_three_areas_and_for_150(client):
    lead = staff("lead", Role.SAFEGUARDING_LEAD)
    at_desk(client, lead)
    nation.many_areas(2)
    _on_duty(lead)
    few = counted(client, "/desk/")
    nation.many_areas(150)
    _on_duty(lead)
    assert counted(client, "/desk/") == few
    assert text_of(client, "/desk/").count("nobody is on duty from") == 8


def _on_duty(lead):
    """Today in every area, and nobody from tomorrow on."""
    Duty.objects.all().delete()
    today = timezone.localdate()
    Duty.objects.bulk_create(Duty(area=one, lead=lead, starts_on=today, ends_on=today) for one in Area.objects.all())


def test_findings_of_areas_stand_beside_each_other(client):
    published(published_release())
    text = text_of(client, "/nation/")
    assert "Little time alone" in text
    assert "North" in text
    assert "No other area has said so." in text_of(client, "/nation/findings/north-finding-1/")


@pytest.mark.parametrize("code", ["nothing", "a" * 300])
def test_findings_that_are_not_there(client, code):
    assert client.get(f"/nation/findings/{code}/").status_code == 404


def test_a_merged_area_is_not_listed_as_missing(client):
    old, new = asking.area("old"), asking.area("new")
    Area.objects.filter(pk=old.pk).update(merged_into=new, merged_on="2026-01-01")
    text = text_of(client, "/nation/")
    assert ">New<" in text
    assert ">Old<" not in text


def test_how_they_answered_is_read_from_released_cells_or_it_is_said_that_it_is_not(client):
    nation.asked()
    nation.of(Area.objects.create(code="aster", name="Aster"), "2026Q2")
    nation.of(Area.objects.create(code="mead", name="Mead"), "2026Q2")
    window = ClosedGroup.objects.filter(window__area__code="mead", window__question="who_was_there")
    window.update(values={"alone": 1.0, "read": 1.0, "tapped": 1.0, "did_not_answer": 57.0})
    nation.of(Area.objects.create(code="zeal", name="Zeal"), "2026Q2", reason="too_few")
    aster, _, mead, zeal = text_of(client, "/nation/").split("<h4>")[-4:]
    assert re.search(r"How they answered: alone: \d\d %, ", aster)
    assert "How they answered: not said." in mead
    assert "not shown, too few answered" in zeal
    assert "How they answered: not said." in zeal
