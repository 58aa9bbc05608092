"""Measures and population information at the desk: who sees them, who makes them, and what is said of bad input."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from feedback.accounts.roles import Role
from feedback.releases.measure import Measure
from feedback.releases.population import PopulationFigure
from tests.factories import asking
from tests.factories.listening import coded
from tests.factories.measuring import a_made_measure
from tests.factories.people import at_desk, staff
from tests.integration.releases.releasing import release

pytestmark = pytest.mark.django_db

TYPED = {
    "code": "listened-to", "name": "Is listened to", "kind": "process", "voice": "child", "theme": "listened",
    "framework_theme": "plans", "stage": "", "questions": "listened: yes, sometimes\n", "audiences": ["AGE_8_11"],
    "good_news_if": "Children can say what came of it.", "bad_news_if": "Nothing comes of it.",
    "ask_1": "What was heard?", "ask_2": "Who was not asked?", "ask_3": "What changed?",
}  # fmt: skip
POPULATION = (
    "area,theme,kind,name,value,unit,period,source,source_date\n"
    "here,outcomes,count,Children in need,{value},children,2024-25,Yearly statistics,2025-10-30\n"
)


@pytest.fixture
def here():
    area = asking.area("here")
    asking.edition(of=area)
    return area


def sent(**fields):
    return {**TYPED, **fields}


def make(client, area, **fields):
    return client.post(reverse("desk:new_measure", args=[area.code]), sent(**fields), follow=True)


def a_measure(area, code="listened-to", name="Is listened to"):
    fields = {key: value for key, value in TYPED.items() if key not in {"code", "ask_1", "ask_2", "ask_3"}}
    fields |= {"name": name, "questions": {"listened": ["yes"]}, "ask": ["What?", "Who?", "Why?"]}
    return a_made_measure(area, code, **fields)


def table(value="12"):
    return SimpleUploadedFile("population.csv", POPULATION.format(value=value).encode())


def test_an_analyst_makes_a_measure(client, here):
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    page = make(client, here).content.decode()
    assert "Is listened to" in page
    assert "What was heard?" in page
    assert Measure.objects.get().questions == {"listened": ["yes", "sometimes"]}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"questions": "listened yes"}, "has no colon"),
        ({"questions": "listened: yes\nlistened: no"}, "is there twice"),
        ({"questions": "listened: maybe"}, "is no answer of"),
        ({"ask_3": ""}, "This field is required"),
        ({"ask_3": "Do it."}, "is not a question"),
        ({"name": "Above the target"}, "makes a target"),
        ({"code": "Is it"}, "small letters"),
        ({"audiences": ["NOBODY"]}, "not one of the available choices"),
        ({"voice": "parent"}, "speak with another voice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, here, fields, says):
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    answer = make(client, here, **fields)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Nothing comes of it." in answer.content.decode()
    assert not Measure.objects.exists()


def test_only_what_was_changed_is_changed(client, here):
    """Two analysts have the same form open."""
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    found = a_measure(here)
    address = reverse("desk:measure", args=[found.pk])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed |= {f"initial-{name}": value for name, value in typed.items()}
    Measure.objects.filter(pk=found.pk).update(name="Is heard")
    answer = client.post(address, {**typed, "good_news_if": "Something comes of it."}, follow=True)
    assert answer.status_code == 200
    found.refresh_from_db()
    assert (found.name, found.waiting) == ("Is heard", {"good_news_if": "Something comes of it."})


def test_a_measure_is_retired_and_taken_up(client, here):
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    found = a_measure(here)
    address = reverse("desk:measure", args=[found.pk])
    assert "Retired" in client.post(address, {"step": "retire"}, follow=True).content.decode()
    assert 'name="good_news_if"' not in client.get(address).content.decode()
    client.post(address, {"step": "take_up"})
    assert Measure.objects.get().is_retired is False


def test_a_measure_shows_what_it_reads_now(client, here):
    coded(asking.edition(of=here), here, quarter="2025Q1", n=40)
    found = a_measure(here)
    release(here)
    at_desk(client, staff("b", Role.BOARD_OFFICER, area=here))
    page = client.get(reverse("desk:measure", args=[found.pk])).content.decode()
    assert "Question listened?" in page
    assert "Everybody who was asked, January to March 2025" in page


@pytest.mark.parametrize("role", [Role.BOARD_OFFICER, Role.OUTPUT_CHECKER, Role.NATIONAL_OVERSEER])
def test_those_who_read_releases_see_measures_and_change_none(client, here, role):
    found = a_measure(here)
    at_desk(client, staff("b", role, area=None if role is Role.NATIONAL_OVERSEER else here))
    assert found.name in client.get(reverse("desk:measures")).content.decode()
    assert client.get(reverse("desk:new_measure", args=[here.code])).status_code in {403, 404}
    assert client.post(reverse("desk:measure", args=[found.pk]), {"step": "retire"}).status_code in {302, 403}
    assert Measure.objects.get().is_retired is False


def test_another_areas_measures_are_not_there(client, here):
    there = asking.area("there")
    found = a_measure(there, name="Measure of there")
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    assert "Measure of there" not in client.get(reverse("desk:measures")).content.decode()
    assert client.get(reverse("desk:measure", args=[found.pk])).status_code == 404
    assert client.get(reverse("desk:new_measure", args=["there"])).status_code == 404
    assert client.get(reverse("desk:new_measure", args=["all-areas"])).status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.PARTICIPATION_OFFICER])
def test_others_see_neither(client, here, role):
    at_desk(client, staff("c", role, area=here))
    assert client.get(reverse("desk:measures")).status_code in {302, 403}
    assert client.get(reverse("desk:population")).status_code in {302, 403}


def test_those_to_begin_with_are_put_in_once(client, here):
    from surveys.bank.starting_bank import load_starting_bank

    load_starting_bank()
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    client.post(reverse("desk:measures"), {"area": here.code})
    many = Measure.objects.of(here).count()
    assert many > 15
    answer = client.post(reverse("desk:measures"), {"area": here.code}, follow=True)
    assert "nothing to put in" in answer.content.decode()
    assert Measure.objects.count() == many
    assert client.post(reverse("desk:measures"), {"area": "all-areas"}).status_code == 404


def test_population_figures_are_brought_in_at_the_desk(client, here):
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    page = client.post(reverse("desk:population"), {"file": table()}, follow=True).content.decode()
    assert "1 figures are new" in page
    assert "12 children" in page
    assert "Yearly statistics" in page


def test_a_bad_table_is_refused_line_by_line(client, here):
    at_desk(client, staff("a", Role.BOARD_ANALYST, area=here))
    answer = client.post(reverse("desk:population"), {"file": table("many")})
    assert answer.status_code == 422
    assert "Line 2: value is no number" in answer.content.decode()
    for content in (b"", b"\x00\x00", b"\xff\xfe\xfa"):
        answer = client.post(reverse("desk:population"), {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
    assert not PopulationFigure.objects.exists()


def test_a_reader_brings_nothing_in(client, here):
    at_desk(client, staff("b", Role.BOARD_OFFICER, area=here))
    assert client.post(reverse("desk:population"), {"file": table()}).status_code in {302, 403}
    assert not PopulationFigure.objects.exists()


def test_one_area_at_a_time_is_looked_at(client, here):
    a_measure(here)
    a_measure(asking.area("there"), name="Measure of there")
    at_desk(client, staff("o", Role.NATIONAL_OVERSEER))
    for name in ("desk:measures", "desk:population"):
        page = client.get(reverse(name), {"area": "there"}).content.decode()
        assert '<strong class="desk-target" aria-current="page">There</strong>' in page
        assert client.get(reverse(name), {"area": "nowhere"}).status_code == 404
    assert "Measure of there" in client.get(reverse("desk:measures"), {"area": "there"}).content.decode()
    assert "Measure of there" not in client.get(reverse("desk:measures"), {"area": "here"}).content.decode()
