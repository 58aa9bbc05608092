"""What four and five year olds say, and what is said in a conversation, is counted nowhere: not even indirectly."""

import uuid
from datetime import date
from itertools import count

import pytest
from django.db import transaction

from feedback.anonymisation.actions import sweep
from feedback.anonymisation.models import ClosedQuarter, CodedResponse, Comment
from feedback.disclosure.rules import NOT_TABULATED
from feedback.releases import actions
from feedback.releases.audit import what_could_be_worked_out
from feedback.releases.models import BlockTally, ClosedGroup, Release
from feedback.releases.open_data import FILES, written
from feedback.releases.questions import counted_questions
from feedback.releases.service_information import AUDIENCES, service_information
from feedback.releases.tabulation import Plans, tabulate
from feedback.releases.talk import talks_of
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import read
from surveys.instrument.wording import NEVER_COUNTED, Audience
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Response
from tests.factories import asking, talking
from tests.factories.listening import analyst, checker, coded, interpreted
from tests.factories.talking import quarter_ends
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
QUARTERS = ("2025Q1", "2025Q2")
BEFORE = "2024Q3"


def answers_of(die):
    return {"listened": die.choice(["yes", "no"]), "who": ["mum"]}


def same_questions(area, **fields):
    """An edition that asks exactly what the survey asks, under the same codes."""
    return asking.edition(of=area, **fields)


@pytest.fixture
def ways(area, edition):
    """Every way in which what must not be counted could come to where counting is done."""

    people = count(25)

    def of(edition, audience, helper="alone"):
        n = next(people)
        for quarter in (BEFORE, *QUARTERS):
            coded(edition, area, quarter=quarter, n=n, audience=audience, helper=helper, answers=answers_of)

    talk = same_questions(area, audience=Audience.AGE_4_5, kind="conversation")
    talk_at_12 = same_questions(area, audience=Audience.AGE_12_17, kind="conversation")
    survey_at_4 = same_questions(area, audience=Audience.AGE_4_5, kind="imported")
    return {
        "a conversation": lambda: of(talk, "AGE_4_5"),
        "a conversation, mislabelled by a file": lambda: of(talk, "AGE_8_11"),
        "a conversation with a twelve year old": lambda: of(talk_at_12, "AGE_12_17"),
        "a survey of before": lambda: of(survey_at_4, "AGE_4_5"),
        "a survey of before, mislabelled": lambda: of(survey_at_4, "AGE_6_7"),
        "a row of a file with other ages": lambda: of(edition, "AGE_4_5"),
        "one for whom somebody chose": lambda: of(talk_at_12, "AGE_12_17", helper="chose"),
    }


WAYS = (
    "a conversation", "a conversation, mislabelled by a file", "a conversation with a twelve year old",
    "a survey of before", "a survey of before, mislabelled", "a row of a file with other ages",
    "one for whom somebody chose",
)  # fmt: skip


def published(area):
    """Everything that anybody could read, and the true tallies it rests on."""
    made = release(area, Q2)
    files = {one.code: {name: written(one, name) for name in FILES} for one in made}
    pages = {one.code: service_information(one) for one in made}
    groups = ClosedGroup.objects.order_by("pk").values_list("window__question", "audience", "respondents", "values")
    tallies = BlockTally.objects.order_by("question", "quarter").values_list("question", "quarter", "tallies")
    closed = ClosedQuarter.objects.order_by("quarter").values_list("quarter", flat=True)
    return files, pages, list(groups), list(tallies), list(closed)


@pytest.mark.parametrize("way", WAYS)
def test_everything_published_is_the_same_with_and_without_them(area, edition, ways, way):
    assert set(WAYS) == set(ways)
    for quarter in QUARTERS:
        coded(edition, area, quarter=quarter, n=40)
    with transaction.atomic():
        without = published(area)
        transaction.set_rollback(True)
    before = CodedResponse.objects.count()
    ways[way]()
    assert CodedResponse.objects.count() == before + 75
    assert CodedResponse.objects.counted().count() == before
    assert not CodedResponse.objects.chosen_by_others().exists()
    assert published(area) == without
    assert without[0]


def test_everything_published_is_the_same_with_and_without_focus_groups_and_interviews(area, edition):
    for quarter in QUARTERS:
        coded(edition, area, quarter=quarter, n=40)
    with transaction.atomic():
        without = published(area)
        transaction.set_rollback(True)
    before = CodedResponse.objects.count()
    quarter_ends(talking.decided(area), talking.decided(area, kind="interview"), talking.read(area))
    assert talks_of(area)
    assert CodedResponse.objects.count() == before
    assert published(area) == without
    assert without[0]


def test_focus_groups_and_interviews_alone_make_no_release(area):
    for _ in range(3):
        quarter_ends(talking.decided(area))
    assert release(area, Q2) == []
    assert not Response.objects.exists()
    assert not CodedResponse.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_they_alone_make_no_release(area, ways, way):
    ways[way]()
    assert release(area, Q2) == []
    assert not BlockTally.objects.exists()
    assert not any(tabulate(area, until=Q2, plans=Plans()).cells.values())


def test_no_group_and_no_name_of_a_group_is_theirs(area, edition, ways):
    for make in ways.values():
        make()
    for quarter in QUARTERS:
        coded(edition, area, quarter=quarter, n=40)
    release(area, Q2)
    assert not ClosedGroup.objects.filter(audience__in=NEVER_COUNTED).exists()
    assert ClosedGroup.objects.filter(audience="AGE_8_11").exists()
    assert NEVER_COUNTED == NOT_TABULATED == {"AGE_4_5"}
    assert NEVER_COUNTED.isdisjoint(AUDIENCES)


def test_a_conversation_gives_no_question_to_be_counted(area):
    for kind, audience, counts in (
        ("conversation", "AGE_4_5", False), ("conversation", "AGE_12_17", False), ("imported", "AGE_4_5", False),
        ("survey", "AGE_6_7", True),
    ):  # fmt: skip
        edition = same_questions(area, audience=Audience(audience), kind=kind)
        assert bool(counted_questions(read(edition.document))) is counts


def test_the_words_of_a_shared_question_are_those_of_the_survey(area):
    """A prompt with the same code comes first, and is not what the figures are about."""
    prompt = asking.closed_item("listened", "yes", "no")
    object.__setattr__(prompt, "texts", {"en": "A prompt, held aloud"})
    talk = asking.edition(prompt, of=area, audience=Audience.AGE_4_5, kind="conversation")
    asking.open_wave(of=area, edition=talk)
    survey = asking.edition(of=area)
    asking.open_wave(of=area, edition=survey)
    coded(survey, area, quarter="2025Q1", n=40)
    (made,) = release(area)
    texts = {information.code: information.text for information in service_information(made)}
    assert texts["listened"] == "Question listened?"


def test_a_conversation_that_was_held_is_read_and_not_counted(area):
    """From the door to the release, as it happens."""
    talk = asking.edition(
        asking.closed_item("t", "in", "out"), asking.text_item("tell"), of=area, audience=Audience.AGE_4_5,
        kind="conversation",
    )  # fmt: skip
    wave = asking.open_wave(of=area, edition=talk)
    for _ in range(30):
        record(
            new_response(
                uuid.uuid4(), wave=wave, edition=talk, place=Place(area.pk), language="en", helper="read",
                answers={"t": "in", "tell": "more playing"}, on=date(2025, 1, 1),
            )
        )  # fmt: skip
    sweep()
    assert CodedResponse.objects.count() == 30
    # Nothing that could be counted is even copied.
    assert all(row.answers == {} for row in CodedResponse.objects.all())
    assert release(area) == []


def test_the_second_person_cannot_publish_a_figure_of_theirs(area, edition):
    coded(edition, area, quarter="2025Q1", n=40)
    (draft,) = actions.close_area_through(area, until=Q1, by=analyst())
    assert what_could_be_worked_out(draft) == []
    group = ClosedGroup.objects.filter(window__release=draft, audience="AGE_8_11").first()
    group.pk = None
    group.audience = "AGE_4_5"
    group.save()
    actions.propose(interpreted(draft), by=analyst())
    actions.approve(draft, by=checker())
    with pytest.raises(NotAllowed, match="only talked with"):
        actions.publish(draft, by=checker())
    draft.refresh_from_db()
    assert draft.status == Release.Status.APPROVED
