"""A promise answers a finding where who writes the one or answers for the other says so; both pages show it."""

import csv
import io
import json
from concurrent.futures import TimeoutError

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.findings.actions import withdraw_finding
from feedback.findings.models import FindingPromise, SharedFinding
from feedback.findings.promise_actions import link_promise, unlink_promise
from feedback.findings.shown import promised_about
from feedback.promises.actions import take_back
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.finding import drafted, overseer, published, published_release
from tests.factories.listening import analyst, checker
from tests.factories.people import at_desk, staff
from tests.factories.promising import board, officer, owner, promised, told

pytestmark = pytest.mark.django_db
FINDINGS, PROMISES = "/desk/work/shared-findings", "/desk/work/promises"


@pytest.fixture
def found():
    return published(published_release(), theme="time")


def test_both_pages_show_it_and_both_files_say_it(client, found):
    answers, other = promised(found.area, "AGE_12_17"), promised(found.area, theme="time")
    link_promise(found, answers, by=analyst())
    told_of = promised_about(found)
    assert [one.number for one in told_of.linked] == [answers.pk]
    assert [one.number for one in told_of.on_its_theme] == [other.pk]
    page = client.get(f"/nation/findings/{found.code}/").content.decode()
    assert page.index("What was promised about it") < page.index(f"#p-{answers.pk}") < page.index("Also promised on")
    for readers in ("", "12-17/", "12-17/pl/"):
        assert f'href="/nation/findings/{found.code}/"' in client.get(f"/promises/north/{readers}").content.decode()
    document = json.loads(client.get("/nation/findings.json").content)
    assert document["findings"][0]["promises"] == [f"http://testserver/promises/north/#p-{answers.pk}"]
    rows = list(csv.DictReader(io.StringIO(client.get("/promises/north/promises.csv").content.decode())))
    assert {row["number"]: row["findings"] for row in rows} == {
        str(answers.pk): f"http://testserver/nation/findings/{found.code}/",
        str(other.pk): "",
    }
    assert ModelLogEntry.objects.get(action="findings.link_promise").data["promise"] == answers.pk


def test_children_are_not_sent_to_the_words_of_boards(client, found):
    link_promise(found, promised(found.area, "AGE_8_11"), by=analyst())
    assert "/nation/findings/" not in client.get("/promises/north/8-11/").content.decode()


def test_what_nobody_can_read_is_on_no_page_of_promises(client, found):
    release = found.evidence.get().release
    answers = promised(found.area)
    link_promise(drafted(release.area), answers, by=analyst())
    link_promise(found, answers, by=analyst())
    assert client.get("/promises/north/").content.decode().count("/nation/findings/") == 1
    withdraw_finding(found, reason="A wrong figure.", by=checker())
    assert "/nation/findings/" not in client.get("/promises/north/").content.decode()


def test_a_promise_that_was_taken_back_is_beside_no_finding(client, found):
    answers = promised(found.area)
    link_promise(found, answers, by=analyst())
    take_back(answers, told("AGE_8_11"), by=officer(found.area))
    assert promised_about(found).linked == ()
    assert json.loads(client.get("/nation/findings.json").content)["findings"][0]["promises"] == []


@pytest.mark.parametrize("who", [analyst, lambda: owner(asking.area("north")), lambda: board(asking.area("north"))])
def test_who_writes_the_finding_or_answers_for_the_promise_says_so_and_takes_it_away(found, who):
    answers = promised(found.area)
    link_promise(found, answers, by=who())
    unlink_promise(found, answers, by=who())
    assert not FindingPromise.objects.exists()


def test_nobody_else_does(found):
    answers = promised(found.area)
    others = [officer(found.area), checker(), staff("another", Role.PRACTITIONER, area=found.area), overseer()]
    for by in [*others, board(asking.area("south"), "far")]:
        with pytest.raises(PermissionDenied):
            link_promise(found, answers, by=by)
        with pytest.raises(PermissionDenied):
            unlink_promise(found, answers, by=by)


def test_an_owner_cannot_reach_a_finding_that_nobody_can_read(found):
    draft = drafted(found.area)
    with pytest.raises(PermissionDenied):
        link_promise(draft, promised(found.area), by=owner(found.area))


def test_of_another_area_withdrawn_taken_back_or_twice_is_refused(found):
    far = promised(asking.area("south"))
    here = promised(found.area)
    gone = promised(found.area)
    take_back(gone, told("AGE_8_11"), by=officer(found.area))
    with pytest.raises(NotAllowed, match="its own area"):
        link_promise(found, far, by=analyst())
    with pytest.raises(NotAllowed, match="taken back"):
        link_promise(found, gone, by=analyst())
    link_promise(found, here, by=analyst())
    with pytest.raises(NotAllowed, match="already"):
        link_promise(found, here, by=analyst())
    unlink_promise(found, here, by=analyst())
    with pytest.raises(NotAllowed, match="any more"):
        unlink_promise(found, here, by=analyst())
    withdraw_finding(found, reason="A wrong figure.", by=checker())
    with pytest.raises(NotAllowed, match="withdrawn"):
        link_promise(found, here, by=analyst())
    SharedFinding.objects.filter(pk=found.pk).update(area=None, status="published")
    found.refresh_from_db()
    with pytest.raises(NotAllowed, match="no single area"):
        link_promise(found, here, by=analyst())


def test_a_promise_of_an_area_that_became_part_of_this_one_answers_its_finding(found):
    old = asking.area("south")
    answers = promised(old)
    old.merged_into, old.merged_on = found.area, timezone.localdate()
    old.save()
    answers.refresh_from_db()
    link_promise(found, answers, by=analyst())
    assert [one.number for one in promised_about(found).linked] == [answers.pk]


def test_it_is_said_from_either_side_at_the_desk(client, found):
    answers = promised(found.area)
    for who, at, value in (
        (analyst(), f"{FINDINGS}/{found.code}/", str(answers.pk)),
        (owner(found.area), f"{PROMISES}/{answers.pk}/", found.code),
    ):
        at_desk(client, who)
        assert f'<option value="{value}">' in client.get(at).content.decode()
        text = client.post(at, {"link": value}, follow=True).content.decode()
        assert "They stand beside each other now" in text
        assert f'name="unlink" value="{value}"' in text
        assert "Taken away." in client.post(at, {"unlink": value}, follow=True).content.decode()


@pytest.mark.parametrize("sent", ["", "x", "-1", "999", "9" * 40, "a\x00"])
def test_what_is_no_promise_or_finding_is_refused_with_a_sentence(client, found, sent):
    answers = promised(found.area)
    for who, at in ((analyst(), f"{FINDINGS}/{found.code}/"), (owner(found.area), f"{PROMISES}/{answers.pk}/")):
        at_desk(client, who)
        assert "Choose one from the list." in client.post(at, {"link": sent}, follow=True).content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_link_at_once_link_once_and_one_who_takes_back_meanwhile_is_seen(elsewhere):
    found = published(published_release(), theme="time")
    here, gone = promised(found.area), promised(found.area)
    also, by, made_by = SharedFinding.objects.get(), analyst(), officer(found.area)
    with transaction.atomic():
        link_promise(found, here, by=by)
        take_back(gone, told("AGE_8_11"), by=made_by)
        second, third = elsewhere(link_promise, also, here, by=by), elsewhere(link_promise, also, gone, by=by)
        for later in (second, third):
            with pytest.raises(TimeoutError):
                later.result(timeout=0.5)
    with pytest.raises(NotAllowed, match="already"):
        second.result(timeout=30)
    with pytest.raises(NotAllowed, match="taken back"):
        third.result(timeout=30)
    assert FindingPromise.objects.count() == 1
