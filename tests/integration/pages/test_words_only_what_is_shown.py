"""A page puts into words only what it shows, and what is worked out late is what would have been worked out at once."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from cms.pages.line_drawing import bar_drawn, line_drawn
from feedback.disclosure import figures
from feedback.disclosure.rules import Table
from feedback.releases import kept, released, service_information, stored_windows
from feedback.releases.group_information import REASONS, Line, information_of
from feedback.releases.models import ClosedGroup, ClosedWindow
from feedback.releases.stored import stored_of
from feedback.releases.telling import told_in_full, told_of_everybody
from feedback.releases.wordings import wordings_of
from tests.integration.pages.test_queries import told_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(area):
    return told_in(area, 4)


@pytest.fixture
def shown(monkeypatch):
    """Counts the groups that are put into cells."""
    counted = Counter()

    def show(figure, rules):
        counted["groups"] += 1
        return figures.show(figure, rules)

    monkeypatch.setattr(released, "show", show)
    return counted


@pytest.fixture
def models_made():
    """Counts the windows and groups that are made as models."""
    counted = Counter()

    def made(sender, **_):
        counted[sender.__name__] += 1

    for model in (ClosedWindow, ClosedGroup):
        post_init.connect(made, sender=model)
    yield counted
    for model in (ClosedWindow, ClosedGroup):
        post_init.disconnect(made, sender=model)


def test_a_window_is_read_as_it_is_stored(year):
    rows = ClosedWindow.objects.filter(release=year[0])
    read = stored_windows.windows_read(rows)
    assert len(read) == rows.count() > 0
    for one in read:
        window = ClosedWindow.objects.get(pk=one.pk)
        names = set(stored_windows.StoredWindow.__slots__) - {"groups", "release"}
        assert {name: getattr(one, name) for name in names} == {name: getattr(window, name) for name in names}
        groups = list(window.groups.order_by("pk"))
        assert [group.values for group in one.groups] == [group.values for group in groups]
        for name in ("pk", "stage", "service", "audience", "respondents", "reason"):
            assert [getattr(group, name) for group in one.groups] == [getattr(group, name) for group in groups]


def test_no_page_of_figures_makes_a_model_of_each_group(client, year, results, models_made):
    kept.forget()
    at = f"/open-data/{year[-1].code}/"
    pages = ("", "questions/", "journey/", "themes/", "time/", "missing/", "questions/listened/", "published.csv")
    for address in (results, *(f"{at}{page}" for page in pages)):
        assert client.get(address).status_code == 200
    assert models_made == Counter()


def test_the_first_page_puts_one_group_of_each_question_into_words(client, year, shown):
    kept.forget()
    assert client.get(f"/open-data/{year[-1].code}/").status_code == 200
    assert 0 < shown["groups"] <= len(told_of_everybody(year[-1]).questions)


def test_what_is_worked_out_late_asks_the_database_nothing(year):
    told = told_in_full(year[-1])
    with CaptureQueriesContext(connection) as queries:
        looked = [
            (one.blocks, one.sums, one.breakdowns, one.over_time, one.comparison, one.lead) for one in told.questions
        ]
    assert len(queries) == 0
    assert any(all(parts) for parts in looked)


def place(one):
    return one.question, str(one.table), str(one.period), str(one.stage), str(one.audience)


def test_question_by_question_the_groups_are_those_of_the_whole_release(year):
    for release in year:
        whole = stored_of(release)
        apart = [group for part in whole.by_question.values() for group in released.shown_groups(release, part)]
        by_place = {
            "key": lambda one: (one.question, str(one.table), str(one.period), str(one.stage), str(one.audience))
        }
        assert sorted(apart, **by_place) == sorted(released.shown_groups(release, whole), **by_place)
        for part in whole.by_question.values():
            both = [*part.only(overall=True).windows, *part.only(overall=False).windows]
            assert sorted(one.pk for one in both) == sorted(one.pk for one in part.windows)
            assert all(one.table == Table.OVERALL for one in part.only(overall=True).windows)


def test_a_question_of_which_only_a_year_is_told_is_told(year):
    last = year[-1]
    ClosedWindow.objects.filter(release=last, question="listened").delete()
    kept.forget()
    told = {one.code: one for one in service_information.service_information(last)}
    sums = [group for group in released.shown_groups(last) if group.question == "listened"]
    assert ("listened" in told) is bool(sums)
    assert sums
    assert told["listened"].blocks == ()
    assert (told["listened"].latest, told["listened"].sentence, told["listened"].lead) == (None, "", None)


def test_what_is_said_of_a_group_is_what_all_its_cells_say(year):
    groups = [group for release in year for group in released.shown_groups(release)]
    for group in groups:
        says_something = any(cell.percent or cell.count is not None for cell in group.cells)
        reasons = {REASONS[cell.reason] for cell in group.cells if cell.reason in REASONS}
        said = information_of(group, wordings_of(year[0]), None).withheld
        assert said == "" if says_something else said in reasons
    assert {bool(group.figure) for group in groups} == {True, False}


def line_of(percent, *ranges):
    return Line("yes", "Yes", percent, *(ranges or (None, None, None, None)), "12")


def test_a_share_is_drawn_where_its_words_say_it_is():
    drawn = line_drawn(line_of("40", 38, 42, 31, 49), line_of("50", 48, 52, 45, 55))
    assert '<rect class="band" x="45%" y="0" width="10%" height="100%"/>' in drawn
    assert '<line class="likely" x1="31%" x2="49%"' in drawn
    assert '<line class="adjusted" x1="38%" x2="42%"' in drawn
    assert '<circle class="dot" cx="40%"' in drawn
    assert 'aria-hidden="true"' in drawn


@pytest.mark.parametrize(("words", "at"), [("under 7", 'x1="0%" x2="7%"'), ("over 93", 'x1="93%" x2="100%"')])
def test_a_masked_share_is_drawn_as_a_side_and_never_as_a_dot(words, at):
    drawn = line_drawn(line_of(words))
    assert f'<line class="beyond" {at}' in drawn
    assert "circle" not in drawn
    assert bar_drawn(line_of(words)) == ""


def test_a_share_in_words_is_drawn_as_nothing_but_the_line():
    drawn = line_drawn(line_of("few"))
    assert not {"circle", "beyond", "likely", "band"} & set(drawn.replace('"', " ").split())
    assert bar_drawn(line_of("few")) == ""


def test_a_bar_has_its_likely_range_over_it():
    assert bar_drawn(line_of("40", 38, 42, 31, 49)) == (
        '<span class="r-track" aria-hidden="true"><span class="r-fill w40"></span>'
        '<span class="r-range x31 w18"></span></span>'
    )
