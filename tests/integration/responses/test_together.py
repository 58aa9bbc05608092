"""Cards of families: scales answered under a licence, goals, and everything that must be refused or forgotten."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.erasing import erase_area
from feedback.safeguarding.actions import close_concern, read_concern
from feedback.safeguarding.goal_actions import (
    cards_left,
    erase_card,
    erase_old_cards,
    finish_goal,
    read_goal,
    screen_goals,
    unread_goals,
)
from feedback.safeguarding.models import Concern
from surveys.answering.together import asked, shelf_of, side_by_side
from surveys.fieldwork.licence_actions import end_scale, load_scale
from surveys.fieldwork.licences import LicensedScale
from surveys.frame.policies import NotAllowed
from surveys.frame.tables import BadTable
from surveys.responses.receipts import card_words
from surveys.responses.together import FamilyCard, Goal, GoalStep, Sitting
from surveys.responses.together_actions import LONGEST_GOAL, find_card, mark_goal, set_goal
from tests.databases import ROOT
from tests.factories import asking
from tests.factories.licensed import INVENTED, administrator, answered, card, loaded, worker
from tests.factories.people import staff
from tests.factories.stored import dump
from tests.unit.instrument.licensed_rows import as_file, rows

pytestmark = pytest.mark.django_db
CANARY = "zyzzyvaquokka"


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def scale(area):
    return load_scale(area, INVENTED.read_bytes(), by=administrator(area))


@pytest.fixture
def held(area):
    return card(area)


@pytest.fixture
def lead(area):
    return staff("lead", Role.SAFEGUARDING_LEAD, area=area)


def goal(held, words="We eat together on Sundays", language="en", sent_as=None):
    return set_goal(held.pk, words=words, language=language, sent_as=sent_as or uuid.uuid4(), by=worker(held.area))


def wording(scale, item="3", text="An altered wording"):
    """The loaded file with one item worded otherwise."""
    content = scale.content
    return {**content, "items": {**content["items"], item: {**content["items"][item], "en": text}}}


def test_two_scores_stand_side_by_side_with_bands_for_a_parent(scale, held):
    answered_by(held, scale, "never", 1)
    answered_by(held, scale, "always", 2)
    found = side_by_side(held.pk, "swemwbs", "standard", by=worker(held.area))
    (score,) = found.scores
    assert (str(score.first.value), str(score.latest.value)) == ("7.00", "35.00")
    assert "Invented band" in score.first_band
    assert found.norm
    assert found.items[0][1:] == ("Never", "Always")
    assert "Invented words" in found.notice


def answered_by(held, scale, option, number, **more):
    """All seven items with one option."""
    return answered(held, scale, number=number, **dict.fromkeys(scale.licensed.about.items, option), **more)


@pytest.mark.parametrize("audience", ["AGE_12_17", "CARE_LEAVER"])
def test_a_child_is_never_shown_a_band_or_a_norm(scale, area, audience):
    held = card(area, audience)
    answered_by(held, scale, "never", 1)
    found = side_by_side(held.pk, "swemwbs", "standard", by=worker(area))
    assert found.norm == ""
    assert (found.scores[0].first_band, found.scores[0].latest_band) == ("", "")
    assert str(found.scores[0].first.value) == "7.00"


def test_too_many_items_missing_make_no_score_and_are_kept(scale, held):
    answered(held, scale, number=1, **{"1": "often", "2": "often"})
    (score,) = side_by_side(held.pk, "swemwbs", "standard", by=worker(held.area)).scores
    assert (score.first.value, score.first.answered, score.first.asked) == (None, 2, 7)


def test_three_of_five_are_pro_rated_and_two_are_not(area, held):
    scale = loaded(area, "sdq")
    answered(held, scale, 2, 1, 1, None, None, *[0] * 15, None, None, None, 1, 1)
    kept = {code: value for code, value, *_ in Sitting.objects.get().scores}
    assert kept["emotional"] == "7"
    assert kept["prosocial"] is None


def expire(scale):
    LicensedScale.objects.filter(pk=scale.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    scale.refresh_from_db()


def test_after_the_licence_nothing_is_shown_or_scored_and_old_scores_stay(scale, held):
    answered_by(held, scale, "often", 1)
    expire(scale)
    with pytest.raises(NotAllowed, match="neither shown nor scored"):
        answered_by(held, scale, "always", 2)
    with pytest.raises(NotAllowed, match="neither shown nor scored"):
        asked(held.pk, scale.pk, language="en", mode="electronic", given={}, by=worker(held.area))
    found = side_by_side(held.pk, "swemwbs", "standard", by=worker(held.area))
    assert found.scores[0].first.value is not None
    assert found.items == ()
    assert "no item is shown any more" in found.why_no_items
    (on_shelf,) = shelf_of(held.pk, by=worker(held.area)).scales
    assert "licence ended" in on_shelf.why_not


def test_the_last_day_of_a_licence_still_counts(scale, held):
    LicensedScale.objects.update(expires_on=timezone.localdate())
    scale.refresh_from_db()
    assert answered_by(held, scale, "often", 1)


def test_a_wording_altered_in_the_database_is_neither_shown_nor_scored(scale, held):
    LicensedScale.objects.filter(pk=scale.pk).update(content=wording(scale))
    altered = LicensedScale.objects.get()
    with pytest.raises(NotAllowed, match="not those that were loaded"):
        answered_by(held, altered, "often", 1)
    with pytest.raises(NotAllowed, match="not those that were loaded"):
        asked(held.pk, altered.pk, language="en", mode="electronic", given={}, by=worker(held.area))


def test_an_altered_wording_is_not_loaded_under_the_same_licence(area):
    loaded(area)
    altered = [{**one, "text": "Other"} if (one["what"], one["code"]) == ("item", "3") else one for one in rows()]
    with pytest.raises(BadTable, match="the item 3 is worded otherwise"):
        load_scale(area, as_file(altered), by=administrator(area))
    elsewhere = asking.area("there")
    with pytest.raises(BadTable, match="may not be changed"):
        load_scale(elsewhere, as_file(altered), by=administrator(elsewhere))
    assert LicensedScale.objects.count() == 1


def test_a_licence_is_renewed_with_the_same_words_and_both_times_stay_comparable(area, held):
    before = loaded(area, expires=str(timezone.localdate()))
    answered(held, before, *[3] * 7)
    after = loaded(area)
    before.refresh_from_db()
    with pytest.raises(NotAllowed, match="loaded it anew"):
        answered(held, before, *[3] * 7, number=2)
    answered(held, after, *[4] * 7, number=2)
    found = side_by_side(held.pk, "swemwbs", "standard", by=worker(area))
    assert found.is_counted_alike
    assert found.items


def test_a_language_a_mode_and_an_audience_are_those_of_the_licence_or_none(area, held):
    scale = loaded(area, modes="paper", audiences="PARENT_CARER")
    with pytest.raises(NotAllowed, match="no licensed version in this language"):
        answered(held, scale, *[3] * 7, mode="paper", language="pl")
    with pytest.raises(NotAllowed, match="does not allow this way"):
        answered(held, scale, *[3] * 7, mode="electronic")
    with pytest.raises(NotAllowed, match="not for whoever has this card"):
        answered(card(area, "AGE_12_17"), scale, *[3] * 7, mode="paper")
    shown = asked(held.pk, scale.pk, language="en", mode="paper", given={}, by=worker(area))
    assert [item.text for item in shown.items][:2] == ["Item 1", "Item 2"]
    assert "Invented item" not in str(shown.items)


def test_a_card_opens_by_its_words_only_and_only_in_its_area(held):
    words = card_words(held.pk)
    assert find_card(f" {words.upper().replace(' ', ', ')} ", by=worker(held.area)).pk == held.pk
    elsewhere = worker(asking.area("there"))
    for typed in (words, "apple boat chair drum eagle", "", "x" * 1_000_000, "\0", "🐸", "كلمات"):
        with pytest.raises(NotAllowed, match="No card with these words"):
            find_card(typed, by=elsewhere)
    with pytest.raises(NotAllowed):
        shelf_of(held.pk, by=elsewhere)


def test_a_card_answered_once_has_nothing_to_be_compared_with(scale, held):
    with pytest.raises(NotAllowed, match="has not been answered with this card"):
        side_by_side(held.pk, "swemwbs", "standard", by=worker(held.area))
    answered_by(held, scale, "often", 1)
    assert side_by_side(held.pk, "swemwbs", "standard", by=worker(held.area)).is_alone


def test_what_is_sent_twice_is_kept_once_and_a_second_device_is_told(scale, held):
    sent = uuid.uuid4()
    answered_by(held, scale, "often", 1, sent_as=sent)
    answered_by(held, scale, "often", 1, sent_as=sent)
    assert Sitting.objects.count() == 1
    with pytest.raises(NotAllowed, match="on another device"):
        answered_by(held, scale, "never", 1)
    assert Sitting.objects.count() == 1


@pytest.mark.parametrize("answers", [{}, {"1": "nothing"}, {"99": "often"}, {"1": "\0"}, {"1": "x" * 1_000_000}])
def test_answers_that_cannot_be_chosen_are_refused_whole(scale, held, answers):
    with pytest.raises(NotAllowed):
        answered(held, scale, **answers)
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PRACTITIONER])
def test_no_other_role_begins_opens_or_answers(area, scale, held, role):
    somebody = staff("somebody", role, area=area)
    for act in (
        lambda: find_card(card_words(held.pk), by=somebody),
        lambda: shelf_of(held.pk, by=somebody),
        lambda: set_goal(held.pk, words="x", language="en", sent_as=uuid.uuid4(), by=somebody),
        lambda: mark_goal(held.pk, number=1, step="3", after=0, by=somebody),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_loads_or_ends_a_scale(area, scale, role):
    somebody = staff("somebody", role, area=area)
    with pytest.raises(PermissionDenied):
        load_scale(area, INVENTED.read_bytes(), by=somebody)
    with pytest.raises(PermissionDenied):
        end_scale(scale, by=somebody)


def test_a_goal_goes_from_nought_to_ten_over_time(held):
    made, by = goal(held), worker(held.area)
    for after, step in enumerate(("2", "5", "9")):
        mark_goal(held.pk, number=made.number, step=step, after=after, by=by)
    mark_goal(held.pk, number=made.number, step="9", after=2, by=by)
    (shown,) = shelf_of(held.pk, by=by).goals
    assert [step for _, step in shown.steps] == [2, 5, 9]
    assert len(shown.line.dots) == 3
    with pytest.raises(NotAllowed, match="on another device"):
        mark_goal(held.pk, number=made.number, step="1", after=1, by=by)
    for wrong in ("11", "-1", "", "2.5", "٣", "1" * 1000):
        with pytest.raises(NotAllowed, match="from 0 to 10"):
            mark_goal(held.pk, number=made.number, step=wrong, after=3, by=by)


@pytest.mark.parametrize(
    ("words", "says"),
    [("", "Nothing was written"), (" \r\n", "Nothing was written"), ("a\0b", "cannot be kept"),
     ("x" * 1_000_000, f"at most {LONGEST_GOAL}")],
)  # fmt: skip
def test_a_goal_that_cannot_be_kept_is_refused_in_a_sentence(held, words, says):
    with pytest.raises(NotAllowed, match=says):
        goal(held, words)
    assert not Goal.objects.exists()


@pytest.mark.parametrize("words", ["🐸🐸", "أريد أن أنام جيدا", "half \ud83d"])
def test_a_goal_is_kept_in_any_writing(held, words):
    assert goal(held, words).words
    assert shelf_of(held.pk, by=worker(held.area)).goals[0].words == Goal.objects.get().words


def test_a_goal_sent_twice_is_kept_once(held):
    sent = uuid.uuid4()
    assert goal(held, sent_as=sent).pk == goal(held, sent_as=sent).pk
    assert Goal.objects.count() == 1


def test_a_person_reads_every_goal_and_a_worrying_one_is_a_worry_at_once(held, lead):
    quiet, worrying = goal(held), goal(held, "He hits me and I want him to stop")
    assert screen_goals() == 1
    assert screen_goals() == 0
    assert list(unread_goals(by=lead)) == [quiet]
    concern = Concern.objects.get()
    assert concern.response_key == worrying.pk
    assert "hits me" in read_concern(concern, by=lead)[0].words
    assert read_goal(quiet.pk, by=lead)[0].words == quiet.words
    assert finish_goal(quiet.pk, is_worrying=True, by=lead)
    assert Concern.objects.count() == 2
    assert not unread_goals(by=lead).exists()
    close_concern(concern, reason="Talked with the worker", by=lead)


def test_nobody_else_reads_a_goal(held):
    made = goal(held)
    for somebody in (worker(held.area), staff("other", Role.SAFEGUARDING_LEAD, area=asking.area("there"))):
        with pytest.raises(PermissionDenied):
            read_goal(made.pk, by=somebody)


def test_what_was_answered_and_set_stands_nowhere_in_the_clear(scale, held):
    answered_by(held, scale, "often", 1)
    mark_goal(held.pk, number=goal(held, CANARY).number, step="7", after=0, by=worker(held.area))
    tables = {"responses_sitting", "responses_goal", "responses_goalstep", "responses_familycard"}
    rows_of = {table: found for table, found in dump() if table in tables or CANARY in found}
    assert not any(CANARY in found for found in rows_of.values())
    assert not any('"often"' in found or "23.2" in found for table, found in rows_of.items() if table in tables)
    assert not any(word in rows_of["responses_familycard"] for word in card_words(held.pk).split())


def test_a_card_is_erased_with_everything_and_what_leads_noted(scale, held, lead):
    answered_by(held, scale, "often", 1)
    made = goal(held, "He hits me")
    mark_goal(held.pk, number=made.number, step="7", after=0, by=worker(held.area))
    screen_goals()
    erase_card(held.pk, by=worker(held.area))
    assert not any(model.objects.exists() for model in (FamilyCard, Sitting, Goal, GoalStep))
    assert not Concern.objects.filter(response_key=made.pk).exists()
    assert read_concern(Concern.objects.get(), by=lead) == []
    with pytest.raises(NotAllowed):
        find_card(card_words(held.pk), by=worker(held.area))


def test_another_area_erases_nothing(held):
    erase_card(held.pk, by=worker(asking.area("there")))
    assert FamilyCard.objects.exists()


def test_a_card_unused_for_a_year_goes_unless_somebody_still_has_to_read(held, lead):
    made = goal(held)
    FamilyCard.objects.update(used_on=timezone.localdate() - timedelta(days=366))
    assert (erase_old_cards(), cards_left()) == (0, 1)
    finish_goal(made.pk, is_worrying=False, by=lead)
    assert (erase_old_cards(), cards_left()) == (1, 0)
    assert not Goal.objects.exists()


def test_no_room_that_counts_publishes_or_samples_knows_of_it():
    """Scores are in no release, export or inspection; the sweep alone calls what screens goals."""
    rooms = ("feedback/anonymisation", "feedback/releases", "feedback/inspection", "cms/pages", "surveys/fieldwork")
    knows = [
        file.name
        for room in rooms
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"responses\.together|answering\.together|goal_actions", file.read_text())
    ]
    # When an area becomes part of another, goals and cards go along, unread.
    assert sorted(knows) == ["actions.py", "carried.py"]


def test_a_fictional_area_goes_with_its_cards(held):
    held.area.is_fictional = True
    held.area.save()
    goal(held)
    erase_area(held.area)
    assert not FamilyCard.objects.exists()
