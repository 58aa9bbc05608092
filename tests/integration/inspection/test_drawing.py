"""An inspection sample is drawn once, is the same for everybody, and is gone when it has to be."""

import json
import uuid
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.anonymisation.actions import erase_withdrawn
from feedback.anonymisation.erasing import erase_area
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.disclosure.blocks import Quarter
from feedback.inspection import actions, population, records, sampling
from feedback.inspection.erasing import erase_old_sheets
from feedback.inspection.models import InspectionSample
from feedback.releases.actions import close_area_through
from surveys.frame.models import JourneyStage
from surveys.frame.policies import NotAllowed
from surveys.instrument.routing import Rule
from surveys.responses.models import Withdrawal
from tests.factories import asking, inspecting
from tests.factories.listening import analyst, coded

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


@pytest.fixture
def edition(area):
    return inspecting.closed_year(area)


@pytest.fixture
def grant(area, edition):
    return inspecting.granted(area)


def drawn(grant, year=2025):
    return actions.draw(grant, year=year, by=grant.inspector)


def bytes_of(sample):
    return sampling.written([sample.record, sample.sheets])


def taken_back(coded_row):
    """Its respondent takes it back; the sweep has not come yet."""
    key = uuid.uuid4()
    Linkage.objects.create(coded=coded_row, response_key=key)
    Withdrawal.objects.create(response_digest=key.bytes, response_key=key, withdrawn_on=timezone.localdate())


def drawn_rows(area, *, many=12):
    """The coded rows that are in the sample, and those that are not."""
    key = population.key_of(area, 2025)
    rows = sorted(
        CodedResponse.objects.all(), key=lambda row: (sampling._hash(key, b"draw", row.pk.bytes), row.pk.bytes)
    )
    return rows[:many], rows[many:]


def test_a_sample_is_one_in_ten_on_sheets_of_five_questions(grant):
    sample = drawn(grant)
    assert sample.record["drawn"] == 12
    assert sample.record["respondents_at_least"] == 120
    assert [len(sheet["questions"]) for sheet in sample.sheets] == [5, 2]
    assert {len(sheet["rows"]) for sheet in sample.sheets} == {12}
    assert sample.record["how"].startswith("Of at least 120 people who answered, 12 were drawn")
    text = json.dumps(sample.sheets)
    for kept_out in (
        "who",
        "mum",
        "words",
        "2025",
        "visits",
        *CodedResponse.objects.values_list("record_key", flat=True),
    ):
        assert f'"{kept_out}"' not in text


def test_the_second_draw_gives_the_first_also_to_another_inspectorate(area, grant):
    first = drawn(grant)
    other = inspecting.granted(area, of=inspecting.inspector(area, "other"), inspection="Another visit")
    second = drawn(other)
    assert first.pk == second.pk
    assert bytes_of(first) == bytes_of(InspectionSample.objects.get())
    assert second.drawn_by == grant.inspector
    assert ModelLogEntry.objects.filter(action="inspection.draw").count() == 1


@pytest.mark.parametrize(("people", "is_drawn"), [(99, False), (100, True)])
def test_ninety_nine_are_too_few(people, is_drawn):
    area = asking.area("small")
    inspecting.closed_year(area, n=people)
    grant = inspecting.granted(area)
    if is_drawn:
        assert drawn(grant).record["drawn"] == 10
    else:
        with pytest.raises(NotAllowed, match="Fewer than 100 people are behind the figures of Small for 2025"):
            drawn(grant)
        assert not InspectionSample.objects.exists()


@pytest.mark.parametrize("year", [2026, 2024, 1, 10**12])
def test_a_year_that_is_not_closed_is_not_drawn(grant, year):
    with pytest.raises(NotAllowed, match=f"{year} is not closed in North"):
        drawn(grant, year)


def test_who_waits_for_a_later_block_is_not_in_it_and_changes_nothing(area, edition, grant):
    """The sample is of those whose figures are published; the others are of a later block."""
    year = 2024
    coded(edition, area, quarter="2026Q1", n=1)
    there = asking.area("there")
    other = inspecting.edition_of(there)
    for quarter, n in ((f"{year}Q1", 110), (f"{year}Q4", 9)):
        coded(other, there, quarter=quarter, n=n, answers=inspecting.answers)
    close_area_through(there, until=Quarter(year, 4), by=analyst())
    sample = drawn(inspecting.granted(there), year)
    assert sample.record["respondents_at_least"] == 110
    assert sample.record["quarters"] == ["2024Q1"]
    before = bytes_of(sample)
    coded(other, there, quarter="2025Q1", n=30, answers=inspecting.answers)
    close_area_through(there, until=Quarter(2025, 1), by=analyst())
    assert CodedResponse.objects.filter(area=there, quarter="2024Q4", is_in_block=True).count() == 9
    assert population.all_are_there(sample)
    again = population.make(there, year, record=sample.record)
    assert sampling.written([again.record, again.sheets]) == before


def test_what_was_taken_back_before_is_never_drawn(area, edition, grant):
    inside, _ = drawn_rows(area)
    taken_back(inside[0])
    sample = drawn(grant)
    assert not CodedResponse.objects.filter(pk=inside[0].pk).exists()
    assert sample.record["respondents_at_least"] == 110
    assert sample.record["drawn"] == 11


def test_all_sheets_go_when_somebody_who_was_drawn_takes_theirs_back_and_no_others_come(area, grant):
    sample = drawn(grant)
    inside, _ = drawn_rows(area)
    taken_back(inside[3])
    erase_withdrawn()
    sample.refresh_from_db()
    assert sample.sheets == []
    assert sample.erased_on
    with pytest.raises(NotAllowed, match="somebody who was drawn took their answers back"):
        actions.look_at_sheets(grant, sample, by=grant.inspector)
    with pytest.raises(NotAllowed, match="Another sample beside the first would show whose"):
        drawn(grant)


def test_nobody_reads_what_was_taken_back_a_moment_before_the_sweep(area, grant):
    sample = drawn(grant)
    inside, _ = drawn_rows(area)
    taken_back(inside[0])
    with pytest.raises(NotAllowed, match="took their answers back"):
        actions.look_at_sheets(grant, sample, by=grant.inspector)


def test_the_sheets_stay_as_they_are_when_somebody_else_takes_theirs_back(area, grant):
    sample = drawn(grant)
    before = bytes_of(sample)
    _, outside = drawn_rows(area)
    taken_back(outside[0])
    assert erase_withdrawn() == 1
    actions.look_at_sheets(grant, sample, by=grant.inspector)
    sample.refresh_from_db()
    assert bytes_of(sample) == before


def test_sheets_go_28_days_after_the_last_inspection_and_come_back_the_same(area, grant):
    sample = drawn(grant)
    before = bytes_of(sample)
    inspecting.moved(grant, days=(-40, -27))
    assert erase_old_sheets() == 0
    inspecting.moved(grant, days=(-40, -28))
    assert erase_old_sheets() == 1
    assert erase_old_sheets() == 0
    sample.refresh_from_db()
    assert sample.sheets == []
    # A step of the journey was given another name and another place meanwhile.
    JourneyStage.objects.filter(code="plan").update(position=9)
    again = drawn(inspecting.granted(area, inspection="Next year"))
    assert again.pk == sample.pk
    assert bytes_of(again) == before
    assert again.erased_on is None


def test_sheets_that_would_not_be_the_same_do_not_come_back(area, grant):
    drawn(grant)
    inspecting.moved(grant, days=(-40, -30))
    erase_old_sheets()
    _, outside = drawn_rows(area)
    outside[0].delete()
    with pytest.raises(NotAllowed, match="cannot be drawn again"):
        drawn(inspecting.granted(area, inspection="Next year"))


def test_an_inspection_to_come_keeps_the_sheets_and_one_that_was_ended_does_not(area, grant):
    drawn(grant)
    inspecting.moved(grant, days=(-60, -50))
    later = inspecting.granted(area, inspection="Later", days=(20, 30))
    assert erase_old_sheets() == 0
    actions.end_grant(later, by=later.given_by)
    type(later).objects.filter(pk=later.pk).update(ended_on="2026-01-01")
    assert erase_old_sheets() == 1


def test_a_fictional_area_is_erased_with_its_samples(area, grant):
    drawn(grant)
    erase_area(area)
    assert not InspectionSample.objects.exists()


def test_a_route_stands_on_one_sheet_and_several_choices_on_none(area):
    edition = asking.edition(of=area)
    form = population.form_of(population.instrument_of(edition.pk))
    assert form.units == (("listened", "why"),)
    of_several = asking.edition(
        asking.closed_item("who", "mum", "dad", kind=asking.Kind.MULTI),
        asking.closed_item("mum_how", "well", "badly", rule=Rule("who", frozenset({"mum"}))),
        of=area,
    )
    assert population.form_of(population.instrument_of(of_several.pk)).units == (("mum_how",),)


def test_somebody_who_is_not_let_in_draws_nothing(area, grant):
    colleague = inspecting.inspector(area, "colleague")
    with pytest.raises(PermissionDenied):
        actions.draw(grant, year=2025, by=colleague)


def verify(content, tmp_path, *options):
    file = tmp_path / "record.json"
    file.write_bytes(content)
    out = StringIO()
    call_command("verify_draw", file, *options, stdout=out)
    return out.getvalue()


def test_a_record_is_signed_holds_no_answer_and_can_be_verified(area, grant, tmp_path):
    sample = drawn(grant)
    content = actions.take_record(grant, sample, by=grant.inspector)
    assert not {"drawn_by", "sheets_of", "inspector"} & set(json.loads(content)["record"])
    assert b"sometimes" not in content
    said = verify(content, tmp_path, "--again")
    assert "Genuine: the sample of north for 2025" in said
    assert "the same, byte for byte" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"drawn": 12', b'"drawn": 13'), (b'"north"', b'"south"'), (b'"signature": "', b'"signature": "x')],
)
def test_a_record_that_was_changed_is_not_ours(grant, tmp_path, old, new):
    content = actions.take_record(grant, drawn(grant), by=grant.inspector)
    assert old in content
    with pytest.raises(CommandError, match="signature does not fit"):
        verify(content.replace(old, new), tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0", b"[]", b"{}", b"null", b'{"record": 1, "signature": null}', b"[" * 100_000, b"\xff\xfe",
        b"{" + b" " * 2**20,
    ],
    ids=["empty", "nul", "list", "nothing", "null", "number", "deep", "bytes", "long"],
)  # fmt: skip
def test_what_is_no_record_is_refused_with_a_sentence(db, tmp_path, content):
    with pytest.raises(CommandError, match=r"no record|does not fit|far longer"):
        verify(content, tmp_path)


def test_a_file_that_is_not_there_and_a_draw_that_is_not_known(grant, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_draw", tmp_path / "nowhere.json")
    sample = drawn(grant)
    content = records.signed(sample)
    sample.delete()
    with pytest.raises(CommandError, match="no such draw is known"):
        verify(content, tmp_path)


def test_another_sample_is_noticed_when_drawn_again(area, grant, tmp_path):
    content = records.signed(drawn(grant))
    CodedResponse.objects.first().delete()
    with pytest.raises(CommandError, match="not the same"):
        verify(content, tmp_path, "--again")
