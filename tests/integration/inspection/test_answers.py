"""What an inspector reads of measures, quotes, promises and silence, and how another one draws a sample again."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.models import CodedResponse
from feedback.inspection import actions
from feedback.inspection.models import InspectionSample
from feedback.promises.models import Promise
from feedback.releases.actions import withdraw_release
from feedback.releases.models import Measure, Release
from surveys.bank.models import QuestionBankPage, QuestionPage
from surveys.frame.policies import NotAllowed
from tests.factories import asking, inspecting
from tests.factories.listening import checker
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def grant(area):
    return inspecting.granted(area)


def opens(client, grant, name, *rest, **query):
    at_desk(client, grant.inspector)
    return client.get(reverse(f"desk:{name}", args=[grant.pk, *rest]), query)


def sends(client, grant, content, *, name="draw.json"):
    at_desk(client, grant.inspector)
    file = SimpleUploadedFile(name, content, content_type="application/json")
    reply = client.post(reverse("desk:inspection_draw_again", args=[grant.pk]), {"record": file})
    return reply.status_code, reply.content.decode()


def taken(grant, year=2025):
    """The signed record that somebody took when they drew."""
    sample = actions.draw(grant, year=year, by=grant.inspector)
    return actions.take_record(grant, sample, by=grant.inspector)


def of_another_inspectorate(area):
    return inspecting.granted(area, of=inspecting.inspector(area, "other"), inspection="Another inspectorate")


def test_another_inspector_draws_it_again_from_the_record(client, area, grant):
    inspecting.closed_year(area)
    content = taken(grant)
    before = InspectionSample.objects.values_list("record", "sheets").get()
    status, text = sends(client, of_another_inspectorate(area), content)
    assert status == 200
    assert "The same, byte for byte." in text
    assert "the same 12 people" in text
    assert "right to within" in text
    assert InspectionSample.objects.values_list("record", "sheets").get() == before
    entry = ModelLogEntry.objects.get(action="inspection.draw_again")
    assert (entry.user.username, entry.data["year"]) == ("other", 2025)


def test_it_is_drawn_again_also_when_the_sheets_are_gone(client, area, grant):
    inspecting.closed_year(area)
    content = taken(grant)
    InspectionSample.objects.update(sheets=[], erased_on=timezone.localdate())
    assert "The same, byte for byte." in sends(client, of_another_inspectorate(area), content)[1]
    assert InspectionSample.objects.get().sheets == []


def changed(content, **values):
    """The record with something else in it, under the signature it had."""
    file = json.loads(content)
    return json.dumps({**file, "record": {**file["record"], **values}}).encode()


@pytest.mark.parametrize("values", [{"drawn": 13}, {"year": 2024}, {"how": "Trust me."}, {"mark_of_drawn": "0" * 32}])
def test_a_record_that_was_changed_is_not_followed(client, area, grant, values):
    inspecting.closed_year(area)
    _, text = sends(client, of_another_inspectorate(area), changed(taken(grant), **values))
    assert "The signature does not fit" in text
    assert "byte for byte" not in text
    assert not ModelLogEntry.objects.filter(action="inspection.draw_again").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b"\0\xff", b"[" * 10_000, b"{" + b" " * 2**21, b'{"record": {}}'])
def test_a_forged_record_is_refused_with_a_sentence(client, area, grant, content):
    inspecting.closed_year(area)
    status, text = sends(client, grant, content)
    assert status == 200
    assert "The file is no record of a draw." in text or "The file is far longer than any record." in text


def test_no_file_at_all_is_asked_for(client, grant):
    at_desk(client, grant.inspector)
    reply = client.post(reverse("desk:inspection_draw_again", args=[grant.pk]))
    assert "Choose the file that was taken" in reply.content.decode()


def test_the_record_of_another_area_is_not_followed_also_by_an_inspector_of_both(client, area, grant):
    south = asking.area("south")
    inspecting.closed_year(area)
    inspecting.closed_year(south)
    inspector = staff("inspector", Role.INSPECTOR, area=south)
    assert inspector == grant.inspector
    other = inspecting.granted(south, of=inspector, inspection="Visit to the south")
    content = taken(other)
    assert "This record is of another area than North" in sends(client, grant, content)[1]
    assert "The same, byte for byte." in sends(client, other, content)[1]
    assert json.loads(content)["record"]["area"] == "south"


def test_an_inspector_of_two_areas_sees_each_by_its_own_inspection(client, area, grant):
    south = asking.area("south")
    staff("inspector", Role.INSPECTOR, area=south)
    other = inspecting.granted(south, of=grant.inspector, inspection="Visit to the south")
    inspecting.published_year(area, n=200)
    assert "Question listened?" in opens(client, grant, "inspection_tables").content.decode()
    assert "No release of South is published yet" in opens(client, other, "inspection_tables").content.decode()
    code = Release.objects.filter(area=area).published().first().code
    assert opens(client, other, "inspection_tables", release=code).status_code == 404


def test_what_cannot_be_drawn_again_says_why(area, grant):
    inspecting.closed_year(area)
    content = taken(grant)
    other = of_another_inspectorate(area)
    CodedResponse.objects.first().delete()
    with pytest.raises(NotAllowed, match="cannot be drawn again: the answers are not the same any more"):
        actions.draw_again(other, content, by=other.inspector)
    InspectionSample.objects.all().delete()
    with pytest.raises(NotAllowed, match="knows no such draw of North any more"):
        actions.draw_again(other, content, by=other.inspector)


def test_a_release_that_is_withdrawn_while_somebody_reads_it_says_so(client, area, grant):
    inspecting.published_year(area, n=200)
    release = Release.objects.published().first()
    assert "Question listened?" in opens(client, grant, "inspection_tables", release=release.code).content.decode()
    withdraw_release(release, reason="A file was <b>loaded</b> twice.", by=checker())
    reply = opens(client, grant, "inspection_tables", release=release.code)
    text = reply.content.decode()
    assert reply.status_code == 410
    assert "A file was &lt;b&gt;loaded&lt;/b&gt; twice." in text
    assert "Question listened?" not in text
    assert release.code not in opens(client, grant, "inspection_tables").content.decode()


def test_whether_it_helped_is_read_from_the_measures_of_outcomes_by_voice(client, area, grant):
    inspecting.published_year(area, n=200)
    asked = {"questions": {"helped": ["yes", "sometimes"]}, "ask": ["Who was not helped?", "Since when?", "Why?"]}
    common = {"area": area, "theme": "helped", "voice": "child", "audiences": ["AGE_8_11"], **asked}
    Measure.objects.create(code="helped", name="Children say that it helped", kind="outcome", **common)
    Measure.objects.create(code="visits", name="Visits come on time", kind="process", **common)
    text = opens(client, grant, "inspection_tables").content.decode()
    helped, _ = text[text.index("Was I helped?") :].split("Step by step", 1)
    assert "Children say that it helped" in helped
    assert "Who was not helped?" in helped
    assert "Visits come on time" not in text
    assert "This release quotes nobody." in text


def made_promise(area, **fields):
    today = timezone.localdate()
    values = {"theme": "listened", "made_on": today, "due_on": today - timedelta(days=12), **fields}
    owner = staff("owner", Role.BOARD_OFFICER, area=area)
    return Promise.objects.create(area=area, owner=owner, made_by=owner, shown_as="Head of service", **values)


def test_promises_and_what_is_unanswered_are_read_and_the_look_is_logged(client, area, grant):
    inspecting.published_year(area, n=200)
    bank = asking.root().add_child(instance=QuestionBankPage(title="Bank"))
    for code, theme in (("listened", "listened"), ("safer", "safer")):
        bank.add_child(instance=QuestionPage(title=code, code=code, theme=theme))
    text = opens(client, grant, "inspection_promises").content.decode()
    assert "North has promised nothing yet." in text
    made_promise(area)
    text = opens(client, grant, "inspection_promises").content.decode()
    assert "it should have been done 12 days ago" in text
    assert "nothing is promised, about: Feeling safer." in text
    logged = ModelLogEntry.objects.filter(action="inspection.look_at_promises")
    assert logged.count() == 2
    at_desk(client, staff("council", Role.CARE_COUNCIL_MEMBER, area=area))
    looks = client.get(reverse("desk:inspection_looks")).content.decode()
    assert "<td>Inspector</td><td>Joint visit</td><td>Looked at promises" in looks
    assert "<td>Who lets inspectors in</td><td>Joint visit</td>" in looks
