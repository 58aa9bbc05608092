"""Measures: refused with reasons, read from stored cells, and never another look at an answer."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from feedback.accounts.roles import Role
from feedback.disclosure.rules import Table
from feedback.releases.measure import Measure
from feedback.releases.measure_actions import change_measure, make_measure, retire_measure, take_up_measure
from feedback.releases.measures import CHOSEN_TOGETHER, NOT_ASKED, NOT_CLOSED, NOT_OFFERED, in_order, measures_of
from feedback.releases.models import ClosedGroup, ClosedWindow
from feedback.releases.service_information import REASONS
from feedback.releases.starting_measures import load_starting_measures, starting_measures
from surveys.frame.models import JourneyStage
from surveys.instrument.wording import Audience
from tests.factories import asking
from tests.factories.listening import analyst, coded
from tests.factories.measuring import a_made_measure, approved
from tests.factories.people import staff
from tests.integration.releases.releasing import release

pytestmark = pytest.mark.django_db

LISTENED = {
    "name": "Is listened to",
    "kind": "process",
    "voice": "child",
    "theme": "listened",
    "framework_theme": "plans",
    "questions": {"listened": ["yes", "sometimes"]},
    "audiences": ["AGE_8_11"],
    "good_news_if": "Children can say what came of it.",
    "bad_news_if": "Nothing comes of it.",
    "ask": ["What was heard?", "Who was not asked?", "What changed?"],
}


def made(area, code="listened-to", **fields):
    return a_made_measure(area, code, **{**LISTENED, **fields})


def refused(area, **fields):
    with pytest.raises(ValidationError) as problem:
        made(area, **fields)
    assert not Measure.objects.exists()
    return problem.value.message_dict


def read(one):
    (information,) = measures_of(one)
    return information


def test_a_measure_reads_the_sum_of_stored_cells_with_its_own_range(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (published,) = release(area)
    before = ClosedGroup.objects.count()
    made(area)
    (share,) = read(published).shares
    group = ClosedGroup.objects.get(window__question="listened", window__table=Table.OVERALL)
    answered = 40 - max(group.values["did_not_answer"], 0)
    assert share.line.percent == f"{100 * (group.values['yes'] + group.values['sometimes']) / answered:.0f}"
    assert share.line.low <= int(share.line.percent) <= share.line.high
    assert share.line.low_all <= share.line.low
    assert share.line.count == ""
    assert share.answers == ("Yes", "Sometimes")
    assert (share.who, share.base) == ("Everybody who was asked", 40)
    assert ClosedGroup.objects.count() == before


def test_outcomes_come_first_and_children_before_adults():
    kinds = [("parent", "outcome"), ("child", "process"), ("child", "outcome"), ("professional", "outcome")]
    measures = [Measure(voice=voice, kind=kind, name="A") for voice, kind in kinds]
    assert [(one.voice, one.kind) for one in in_order(measures)] == [
        ("child", "outcome"), ("child", "process"), ("parent", "outcome"), ("professional", "outcome"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"questions": {}}, "questions", "at least one question"),
        ({"questions": {"nothing": ["yes"]}}, "questions", "no question with the code “nothing”"),
        ({"questions": {"listened": ["maybe"]}}, "questions", "“maybe” is no answer of “listened”"),
        ({"questions": {"listened": []}}, "questions", "at least one answer"),
        ({"questions": {"listened": "yes"}}, "questions", "at least one answer"),
        ({"questions": ["listened"]}, "questions", "at least one question"),
        ({"questions": {"listened": ["yes", "yes"]}}, "questions", "named twice"),
        ({"questions": {"listened": ["yes", "sometimes", "no"]}}, "questions", "always everybody"),
        ({"questions": {"words": ["yes"]}}, "questions", "another look at every answer"),
        ({"questions": {"who": ["mum", "dad"]}}, "questions", "another look at every answer"),
        ({"voice": "parent", "audiences": ["PARENT_CARER"]}, "questions", "Two voices are never added up"),
        ({"audiences": []}, "audiences", "at least one group"),
        ({"audiences": ["AGE_8_11", "PARENT_CARER"]}, "audiences", "speak with another voice"),
        ({"audiences": ["AGE_12_17"]}, "audiences", "None of these questions is for 12 to 17"),
        ({"audiences": ["AGE_4_5"]}, "audiences", "never counted"),
        ({"ask": ["What?", "Who?"]}, "ask", "exactly three"),
        ({"ask": ["What?", "Who?", "Why?", "How?"]}, "ask", "exactly three"),
        ({"ask": ["What?", "what?", "Why?"]}, "ask", "are the same"),
        ({"ask": ["What?", "Who?", "Do it."]}, "ask", "is not a question"),
        ({"ask": ["What?", "Who?", "x" * 300 + "?"]}, "ask", "longer than 200"),
        ({"ask": "What?"}, "ask", "exactly three"),
        ({"good_news_if": "It is above the target."}, "good_news_if", "target"),
        ({"bad_news_if": "It turns red."}, "bad_news_if", "traffic light"),
        ({"name": "Ranked by listening"}, "name", "ranking"),
        ({"good_news_if": "a\x00b"}, "good_news_if", "cannot be kept"),
        ({"good_news_if": "x" * 401}, "good_news_if", "400"),
        ({"stage": "nowhere"}, "stage", "no step of the journey"),
        ({"kind": "both"}, "kind", "not a valid choice"),
        ({"theme": "happiness"}, "theme", "not a valid choice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_under_its_field(area, edition, fields, field, says):
    assert says in " ".join(refused(area, **fields)[field])


def test_everything_that_is_wrong_is_said_at_once(area, edition):
    found = refused(area, ask=[], questions={"listened": ["maybe"]}, bad_news_if="")
    assert {"ask", "questions", "bad_news_if"} <= set(found)


def test_ordinary_words_are_no_traffic_light(area, edition):
    made(area, good_news_if="Children speak of the greenhouse, and of what they are targeted with.")


def test_no_measure_of_all_areas_needs_a_table_that_does_not_exist(area, edition):
    asking.stage("plan")
    asking.edition(of=area, audience=Audience.AGE_12_17)
    with pytest.raises(ValidationError, match="another look at every answer"):
        made(None, stage="plan")
    assert made(area, stage="plan").stage == "plan"


def test_a_measure_of_one_step_reads_the_table_of_steps(area, edition):
    for code in ("plan", "leaving"):
        asking.stage(code)
        coded(edition, area, quarter="2025Q1", n=30, stage=code)
    made(area, stage="plan")
    (published,) = release(area)
    (share,) = read(published).shares
    assert share.who == "Plan"
    group = ClosedGroup.objects.get(window__question="listened", window__table=Table.STAGE, stage="plan")
    assert share.base == group.respondents


def test_a_step_that_was_renamed_is_shown_by_its_new_name(area, edition):
    asking.stage("plan")
    coded(edition, area, quarter="2025Q1", n=40)
    made(area, stage="plan")
    (published,) = release(area)
    JourneyStage.objects.filter(code="plan").update(name="Having a plan")
    information = read(published)
    assert information.stage == "Having a plan"
    assert information.shares[0].who == "Having a plan"


def test_one_audience_of_several_reads_the_table_of_audiences(area):
    editions = [asking.edition(of=area, audience=one) for one in (Audience.AGE_8_11, Audience.AGE_12_17)]
    for edition, audience in zip(editions, ("AGE_8_11", "AGE_12_17"), strict=True):
        coded(edition, area, quarter="2025Q1", n=30, audience=audience)
    made(area, audiences=["AGE_12_17"])
    (published,) = release(area)
    (share,) = read(published).shares
    assert (share.who, share.base) == ("12 to 17 year olds", 30)


def test_a_group_that_is_withheld_says_why_and_is_missing(area):
    editions = [asking.edition(of=area, audience=one) for one in (Audience.AGE_8_11, Audience.AGE_12_17)]
    for edition, audience, n in zip(editions, ("AGE_8_11", "AGE_12_17"), (60, 9), strict=True):
        coded(edition, area, quarter="2025Q1", n=n, audience=audience)
    made(area, audiences=["AGE_12_17"])
    (published,) = release(area)
    information = read(published)
    (share,) = information.shares
    assert share.line is None
    assert share.withheld in REASONS.values() or share.withheld == NOT_CLOSED
    assert not information.is_shown


def test_a_question_nobody_was_asked_and_an_empty_wave(area, edition):
    asking.open_wave(edition=edition, of=area)
    other = asking.edition(asking.closed_item("heard", "yes", "no"), of=area)
    coded(other, area, quarter="2025Q1", n=40, answers=lambda die: {"heard": "yes"})
    made(area)
    (published,) = release(area)
    (share,) = read(published).shares
    assert share.withheld == NOT_ASKED


def test_one_response_is_no_release_and_no_measure(area, edition):
    coded(edition, area, quarter="2025Q1", n=1)
    made(area)
    assert release(area) == []


def test_a_question_that_everybody_left_out(area, edition):
    coded(edition, area, quarter="2025Q1", n=40, answers=lambda die: {})
    made(area)
    (published,) = release(area)
    (share,) = read(published).shares
    assert share.line is None
    assert share.withheld == REASONS["too_few_answered"]
    assert read(published).unsaid[0].rather_not_say is None


def test_all_the_same_answer_is_never_shown_as_everybody(area, edition):
    coded(edition, area, quarter="2025Q1", n=40, answers=lambda die: {"listened": "yes"})
    made(area)
    (published,) = release(area)
    (share,) = read(published).shares
    assert share.line.percent.startswith("over ")
    assert share.line.low is None


def test_answers_that_a_series_did_not_offer_are_not_guessed(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    made(area)
    (published,) = release(area)
    ClosedWindow.objects.filter(question="listened").update(options=["no", "did_not_answer"])
    assert read(published).shares[0].withheld == NOT_OFFERED


def test_answers_that_are_given_together_are_never_added_up(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    made(area)
    (published,) = release(area)
    ClosedWindow.objects.filter(question="listened").update(adds_up=False)
    assert read(published).shares[0].withheld == CHOSEN_TOGETHER


def test_another_areas_measures_are_not_in_a_release(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    made(asking.area("south"))
    (published,) = release(area)
    assert measures_of(published) == []


def test_a_measure_of_an_area_that_became_part_of_another_stays_with_its_releases(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    made(area)
    (published,) = release(area)
    south = asking.area("south")
    area.merged_into = south
    area.save()
    assert read(published).is_shown


def test_only_an_analyst_of_the_area_makes_measures(area, edition):
    for who in (staff("elsewhere", Role.BOARD_ANALYST, area=asking.area("south")), staff("o", Role.BOARD_OFFICER)):
        with pytest.raises(PermissionDenied):
            make_measure(area, "listened-to", by=who, **LISTENED)


def test_a_code_is_taken_once_in_an_area_and_free_in_another(area, edition):
    made(area)
    with pytest.raises(ValidationError):
        made(area)
    assert made(asking.area("south"))


def test_a_measure_is_changed_retired_and_taken_up_again(area, edition):
    one, by = made(area), analyst()
    assert change_measure(one, by=by, name="Was listened to").as_proposed().name == "Was listened to"
    assert approved(one).name == "Was listened to"
    with pytest.raises(ValidationError, match="stays in the voice"):
        change_measure(one, by=by, voice="parent")
    retire_measure(one, by=by)
    assert not Measure.objects.in_use().exists()
    with pytest.raises(ValidationError, match="retired this measure"):
        change_measure(one, by=by, name="Else")
    take_up_measure(one, by=by)
    assert Measure.objects.in_use().count() == 1


def test_starting_measures_are_loaded_once_as_far_as_their_questions_exist(area):
    call_command("load_starting_bank")
    assert load_starting_measures(area) == len(
        [one for one in starting_measures() if any(code[:2] in {"sw", "pc", "pr", "rf"} for code in one["questions"])]
    )
    Measure.objects.filter(code="safer").update(name="Ours")
    assert load_starting_measures(area) == 0
    assert Measure.objects.get(code="safer").name == "Ours"


def test_no_starting_measure_where_nothing_can_be_asked(area):
    assert load_starting_measures(area) == 0


def test_the_command_names_an_area_that_is_not_there(area):
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="no area with the code nowhere"):
        call_command("load_starting_measures", area="nowhere")


def test_the_command_says_where_there_is_no_area_yet(capsys):
    for said in (True, False):
        call_command("load_starting_measures")
        assert ("no area yet" in capsys.readouterr().out) is said
        asking.area("here")
