"""The record of the test: who may write it, that it stays, what it stops, and what may be said because of it."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.releases import actions
from feedback.releases.intruder_test_actions import record_test
from feedback.releases.models import IntruderTest, Release
from feedback.releases.open_data import written
from feedback.releases.tested import anonymised_claim, said_to_everybody
from surveys.frame.policies import NotAllowed
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.people import at_desk, staff
from tests.integration.releases.releasing import Q1, release

pytestmark = pytest.mark.django_db
Result = IntruderTest.Result
WORD = "anonymised"
EVERYWHERE = ("statement.txt", "metadata.json")


@pytest.fixture
def published(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    return release(area)[0]


@pytest.fixture
def officer(area):
    return staff("officer", Role.BOARD_OFFICER, area=area)


def record(of, by, **fields):
    usual = {
        "who": "researcher", "outside": "a student of statistics", "knew": ["nothing"], "hours": 6,
        "sources": ["this_release", "news"], "result": "nobody", "tried_on": timezone.localdate(),
    }  # fmt: skip
    return record_test(of, **{**usual, **fields}, by=by)


def said_of(release):
    page = said_to_everybody(release)
    return "\n".join([*(written(release, name) for name in EVERYWHERE), str(page["said"]), *page["told"]])


def test_without_a_record_nothing_is_called_anonymised(published):
    assert WORD not in said_of(published)
    assert "Nobody has yet tried" in written(published, "statement.txt")


def test_where_nobody_was_found_it_is_said_with_who_tried_how_long_and_with_what(published, officer):
    record(published, officer)
    for name in EVERYWHERE:
        assert WORD in written(published, name)
    statement = written(published, "statement.txt")
    assert "A researcher or student tried for 6 hours" in statement
    assert "newspapers and their archives" in statement
    assert json.loads(written(published, "published.json"))["intruder_tests"][0]["result"] == "nobody"
    assert ModelLogEntry.objects.get(action="releases.record_test").user == officer


@pytest.mark.parametrize("result", [result for result in Result if result != Result.NOBODY])
def test_any_other_result_takes_the_word_away(published, officer, result):
    record(published, officer)
    record(published, officer, result=result)
    assert WORD not in said_of(published)


def test_nobodys_name_and_nothing_of_how_somebody_was_found_is_for_everybody(published, officer):
    tester = staff("iolanthe", Role.MODERATOR)
    record(published, officer, who="staff", tested_by=tester, outside="")
    record(published, officer, outside="works at the Mill Lane paper")
    assert not [name for name in ("iolanthe", "officer", "Mill Lane") if name in said_of(published)]
    record(published, officer, result="right")
    assert "newspapers" not in said_of(published)
    assert json.loads(written(published, "published.json"))["intruder_tests"] == []


@pytest.mark.parametrize("result", ["right", "not_known", "not_sure"])
def test_a_release_in_which_somebody_may_have_been_found_does_not_go_out(area, edition, officer, result):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    record(draft, officer, result=result)
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=checker())
    with pytest.raises(NotAllowed, match="cannot be published"):
        actions.publish(draft, by=checker())
    assert Release.objects.get().status == Release.Status.APPROVED


def test_one_who_was_wrong_stops_nothing(area, edition, officer):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    record(draft, officer, result="wrong")
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=checker())
    actions.publish(draft, by=checker())


def test_a_record_is_never_changed_and_never_deleted(published, officer):
    test = record(published, officer, result="right")
    test.result = Result.NOBODY
    for change in (
        test.save, test.delete, IntruderTest.objects.all().delete,
        lambda: IntruderTest.objects.update(result=Result.NOBODY),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="Write another one"):
            change()
    assert IntruderTest.objects.get().result == Result.RIGHT


def test_what_says_that_somebody_was_found_is_put_right_by_somebody_else(published, officer):
    wrong = record(published, officer, result="right")
    with pytest.raises(ValidationError, match="someone else"):
        record(published, officer, corrects=wrong)
    record(published, staff("second", Role.OUTPUT_CHECKER), corrects=wrong)
    assert WORD in anonymised_claim(published)
    with pytest.raises(ValidationError, match="put right already"):
        record(published, staff("second"), corrects=wrong)


def test_a_better_record_beside_a_bad_one_changes_nothing(published, officer):
    record(published, officer, result="not_sure")
    record(published, staff("second", Role.OUTPUT_CHECKER))
    assert WORD not in said_of(published)


def test_who_made_it_neither_tests_it_nor_writes_it_down(published, officer):
    maker = analyst()
    staff("analyst", Role.BOARD_OFFICER)
    with pytest.raises(ValidationError, match="You helped to make"):
        record(published, maker)
    with pytest.raises(ValidationError, match="someone else must test it"):
        record(published, officer, who="staff", tested_by=maker, outside="")


@pytest.mark.parametrize(
    "wrong",
    [
        {"knew": []}, {"sources": ["a_hunch"]}, {"hours": 0}, {"hours": 401}, {"who": "nobody"}, {"result": "fine"},
        {"outside": "  "}, {"outside": "a\x00b"}, {"who": "staff"}, {"outside": "x" * 121}, {"hours": 10**9},
    ],
    ids=repr,
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(published, officer, wrong):
    with pytest.raises(ValidationError):
        record(published, officer, **wrong)
    assert not IntruderTest.objects.exists()


def test_nobody_tried_tomorrow_or_before_it_was_made(published, officer):
    for days in (1, -1):
        with pytest.raises(ValidationError):
            record(published, officer, tried_on=timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OUTPUT_CHECKER, Role.BOARD_OFFICER}])
def test_no_other_role_writes_one(published, role):
    with pytest.raises(PermissionDenied):
        record(published, staff("other", role))


def test_nor_somebody_of_another_area(client, published):
    from tests.factories import asking

    stranger = staff("stranger", Role.BOARD_OFFICER, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        record(published, stranger)
    assert at_desk(client, stranger).get(f"/desk/work/releases/{published.code}/test/").status_code == 404


def test_the_database_itself_knows_who_tried(published, officer):
    test = IntruderTest(release=published, who="staff", hours=1, result="nobody", tried_on=timezone.localdate())
    test.by, test.on = officer, timezone.localdate()
    with pytest.raises(DatabaseError), transaction.atomic():
        test.save()


POSTED = {
    "who": "journalist", "outside": "writes for a paper", "knew": ["area", "somebody"], "sources": ["people"],
    "hours": "3", "result": "nobody",
}  # fmt: skip


def test_it_is_written_at_the_desk_and_printed_on_the_public_page(client, published, officer):
    address = f"/desk/work/releases/{published.code}/test/"
    at_desk(client, officer)
    assert "Do not write here who was found" in client.get(address).content.decode()
    day = timezone.localdate().isoformat()
    assert client.post(address, {**POSTED, "tried_on": day})["Location"].endswith("#tested")
    shown = client.get(address).content.decode()
    assert "writes for a paper" in shown
    assert WORD in shown
    bad = client.post(address, {**POSTED, "outside": "", "tried_on": "never"})
    assert bad.status_code == 422
    assert "Enter a valid date" in bad.content.decode()
    assert IntruderTest.objects.count() == 1


def test_a_form_sent_twice_is_kept_once(client, published, officer):
    at_desk(client, officer)
    for _ in range(2):
        client.post(
            f"/desk/work/releases/{published.code}/test/", {**POSTED, "tried_on": timezone.localdate().isoformat()}
        )
    assert IntruderTest.objects.count() == 1


def test_who_made_it_finds_no_form(client, published):
    staff("analyst", Role.BOARD_OFFICER)
    shown = at_desk(client, analyst()).get(f"/desk/work/releases/{published.code}/test/").content.decode()
    assert "You helped to make this release" in shown
    assert "Write it down" not in shown
