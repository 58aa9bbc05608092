"""A draft is tried through a link that ends, takes nothing, and is known by nobody who was not given it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage, Wording
from surveys.design.arranging import AskOnlyAfter, screens_of
from surveys.design.arranging_actions import arrange
from surveys.design.bench import row_of
from surveys.design.trying_actions import end_try_out, note, open_try_out
from surveys.design.workbench import TryNote, TryOut
from surveys.fieldwork.models import Wave
from surveys.frame.policies import NotAllowed
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.designing import draft_of
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return draft_of(asking.area("here"), "first", "second", title="About you")


@pytest.fixture
def young(survey):
    return staff("young", Role.CARE_COUNCIL_MEMBER, area=survey.care_council.area)


@pytest.fixture
def link(survey, young):
    return open_try_out(survey, days=14, by=young)


def address(link, *more):
    return "/".join(["/a/try", link.code, *more, ""])


def test_the_draft_is_shown_like_a_survey_and_says_that_it_is_tried(client, survey, young):
    _, second = (screen["id"] for screen in screens_of(survey))
    first = screens_of(survey)[0]["id"]
    arrange(survey, AskOnlyAfter(second, first, ("no",)), made_on=0, by=young)
    link = open_try_out(survey, days=1, by=young)
    page = client.get(address(link)).content.decode()
    for said in ("This is a try-out", "Question first?", "Question second?", "About you", 'class="to-1"'):
        assert said in page
    assert len(link.code) > 20


def test_nothing_of_it_can_send_anything(client, link):
    reply = client.get(address(link))
    page, policy = reply.content.decode(), reply["Content-Security-Policy"]
    for address_of_ours in (
        'method="post"',
        "action=",
        "formaction",
        'type="submit"',
        "survey.js",
        "waiting.js",
        "data-key",
    ):
        assert address_of_ours not in page, address_of_ours
    for part in ("connect-src 'none'", "form-action 'none'", "worker-src 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert reply["X-Frame-Options"] == "DENY"
    assert reply["Cache-Control"] == "no-store"
    assert not reply.cookies


def test_whatever_is_sent_to_it_is_refused_and_nothing_is_stored(client, link):
    form = {"edition": "", "language": "en", "q_first": "no", "helper": "alone", "told": "nobody"}
    body = {"edition": "", "language": "en", "code": "", "helper": "alone", "told": "", "answers": {"first": "no"}}
    before = {table: count(table) for table in connection.introspection.table_names()}
    statuses = {
        client.post(address(link), form).status_code,
        client.put(address(link), body, content_type="application/json").status_code,
        client.delete(address(link)).status_code,
        client.patch(address(link)).status_code,
    }
    assert statuses == {405}
    for wave in (f"try/{link.code}", "try", link.code):
        sent = client.put(f"/a/{wave}/responses/{uuid.uuid4()}/", body, content_type="application/json")
        assert sent.status_code == 404
        assert client.post(f"/a/{wave}/contact/", {"words": "x"}).status_code in {404, 405}
    assert client.post("/a/try/", form).status_code == 404
    assert not Response.objects.exists()
    assert {table: count(table) for table in before} == before


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


def test_it_shows_what_the_draft_was_when_the_link_was_made(client, link):
    page = QuestionPage.objects.get(code="first")
    page.wordings = [Wording(audience="AGE_8_11", text="Changed?")]
    page.save()
    shown = client.get(address(link)).content.decode()
    assert "Question first?" in shown
    assert "Changed?" not in shown


def test_it_ends_by_itself_and_at_once(client, survey, link, young):
    TryOut.objects.update(ends_on=timezone.localdate())
    assert client.get(address(link)).status_code == 200
    TryOut.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    ended = client.get(address(link))
    assert ended.status_code == 410
    assert "This try-out has ended" in ended.content.decode()
    assert link.code not in ended.content.decode()
    other = open_try_out(survey, days=1, by=young)
    end_try_out(other, by=young)
    assert client.get(address(other)).status_code == 410
    with pytest.raises(NotAllowed, match="ended already"):
        end_try_out(other, by=young)


@pytest.mark.parametrize("code", ["x", "A" * 22, "%00", "cy", "responses", "..", "a" * 5000])
def test_nobody_guesses_a_link(client, link, code):
    assert client.get(f"/a/try/{code}/").status_code == 404
    assert client.get(address(link, "cy")).status_code == 404
    assert client.get(address(link, "xx")).status_code == 404


def test_no_wave_is_called_try():
    with pytest.raises(ValidationError, match="part of an address"):
        Wave(code="try", name="x").full_clean()


def test_a_link_works_for_a_day_to_two_weeks_and_there_are_few(survey, young):
    for days in (0, -1, 15, 10**9):
        with pytest.raises(NotAllowed, match="1 to 14"):
            open_try_out(survey, days=days, by=young)
    made = [open_try_out(survey, days=1, by=young) for _ in range(5)]
    assert {one.ends_on for one in made} == {timezone.localdate()}
    with pytest.raises(NotAllowed, match="End one of them"):
        open_try_out(survey, days=1, by=young)
    assert made[0].code not in str(list(ModelLogEntry.objects.values()))


def test_what_cannot_be_asked_cannot_be_tried(young):
    empty = draft_of(asking.area("here"))
    with pytest.raises(NotAllowed, match="asks nothing"):
        open_try_out(empty, days=1, by=young)
    assert not TryOut.objects.exists()


def test_who_works_elsewhere_makes_ends_and_notes_nothing(survey, link):
    far = staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there"))
    for do in (
        lambda: open_try_out(survey, days=1, by=far),
        lambda: end_try_out(link, by=far),
        lambda: noted(survey, far),
    ):
        with pytest.raises(PermissionDenied):
            do()


def noted(survey, by, **fields):
    said = {"band": "AGE_8_11", "children": 1, "outcome": "understood", "text": "", **fields}
    return note(survey, screens_of(survey)[0]["id"], by=by, **said)


def test_notes_are_counted_for_these_words_and_this_age(survey, young):
    screen = screens_of(survey)[0]["id"]
    noted(survey, young, children=2, text="Laughed.")
    noted(survey, young, outcome="had_to_ask")
    noted(survey, young, children=9, band="AGE_12_17")
    assert row_of(survey, screen).tried_with == "Tried with 3 of at least 5 children of this age."
    page = QuestionPage.objects.get(code="first")
    page.wordings = [Wording(audience="AGE_8_11", text="Changed?")]
    page.save()
    assert row_of(survey, screen).tried == 0
    noted(survey, young, children=4)
    assert row_of(survey, screen).tried == 4
    assert TryNote.objects.count() == 4


def test_notes_that_nobody_can_have_made(survey, young):
    for wrong in ({"children": 0}, {"children": 31}, {"children": -1}, {"outcome": "x"}, {"band": "x"}):
        with pytest.raises(NotAllowed, match="Look again at"):
            noted(survey, young, **wrong)
    with pytest.raises(NotAllowed, match="too long"):
        noted(survey, young, text="x" * 1_000_000)
    noted(survey, young, text="Once\0.")
    with pytest.raises(NotAllowed, match="just noted this"):
        noted(survey, young, text="Once.")
    with pytest.raises(NotAllowed, match="not in the survey"):
        note(survey, "nowhere", band="AGE_8_11", children=1, outcome="understood", text="", by=young)


def test_parents_are_no_children(young):
    survey = draft_of(asking.area("here"), "parents", audience="PARENT_CARER")
    assert "people it is for" in row_of(survey, screens_of(survey)[0]["id"]).tried_with
