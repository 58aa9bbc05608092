"""When an area becomes part of another, nothing that somebody has to read, answer or find again is left behind."""

import uuid
from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.carried import CARRIED, ONE_BY_ONE, STAYS
from feedback.anonymisation.merging_actions import merge_areas
from feedback.safeguarding.models import Concern, Setting
from surveys.fieldwork.licences import LicensedScale
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.responses.blockage_actions import name_blockage
from surveys.responses.blockages import NamedBlockage
from surveys.responses.models import Response
from surveys.responses.receipts import card_words
from surveys.responses.together import FamilyCard, Goal
from surveys.responses.together_actions import find_card, set_goal
from tests.factories import asking
from tests.factories.licensed import answered, card, loaded, worker
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return staff("admin", Role.ADMINISTRATOR)


@pytest.fixture
def south():
    return asking.area("south")


@pytest.fixture
def north():
    return asking.area("north")


def of_an_area():
    """Every model that belongs to an area, by its label."""
    return {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Area
    }


def test_of_everything_that_belongs_to_an_area_it_is_said_whether_it_goes_along():
    carried = {model._meta.label for model in (*CARRIED, *ONE_BY_ONE)}
    assert not carried & set(STAYS)
    assert of_an_area() - carried - set(STAYS) == set(), "Say in carried.py whether it goes along, or why it stays."
    assert carried | set(STAYS) <= of_an_area()
    assert all(why.endswith(".") for why in STAYS.values())


def heard(wave, **said):
    return Response.objects.create(
        id=uuid.uuid4(), wave=wave, edition=wave.edition, area=wave.area, language="en", audience="AGE_8_11",
        answers={"words": "we played uno"}, has_words=True, receipt_digest=b"x" * 16, received_on=date(2026, 5, 1),
        **said,
    )  # fmt: skip


def test_a_card_its_scores_and_its_goals_are_found_in_the_other_area(north, south, admin):
    of = card(north)
    scale = loaded(north)
    answered(of, scale, 3, 3, 3, 3, 3, 3, 3)
    set_goal(of.pk, words="more time with gran", language="en", sent_as=uuid.uuid4(), by=worker(north))
    merge_areas(north, south, by=admin)
    found = find_card(card_words(of.pk), by=worker(south))
    assert (found.pk, found.area) == (of.pk, south)
    assert Goal.objects.get(card=found).area == south
    assert LicensedScale.objects.current().get().area == south
    # With the licence that went along it is answered a second time.
    answered(found, LicensedScale.objects.get(), 4, 4, 4, 4, 4, 4, 4, number=2)
    with pytest.raises(NotAllowed, match="No card with these words"):
        find_card(card_words(of.pk), by=worker(north))


def test_of_a_scale_that_both_have_one_stays_in_use(north, south, admin):
    from surveys.answering.together import shelf_of

    own = loaded(south)
    of = card(north)
    answered(of, loaded(north), 3, 3, 3, 3, 3, 3, 3)
    merge_areas(north, south, by=admin)
    assert LicensedScale.objects.current().get() == own
    (shown,) = shelf_of(of.pk, by=worker(south)).scales
    assert (shown.scale, shown.times, shown.why_not) == (own, 1, "")


def test_texts_worries_conversations_and_words_for_the_board_go_along(north, south, admin):
    wave = asking.open_wave(of=north)
    response = heard(wave)
    place = Setting.objects.create(area=north, name="The Firs")
    same = Setting.objects.create(area=south, name="The Firs")
    concern = Concern.objects.create(
        response_key=response.pk, area=north, severity="soon", raised_on=date(2026, 5, 1), setting=place
    )
    name_blockage(north, _named("nobody rings back"), sent_as=uuid.uuid4())
    type(wave).objects.update(status="closed", closed_on=timezone.localdate())
    merge_areas(north, south, by=admin)
    for model in (Response, NamedBlockage, Concern):
        assert set(model.objects.values_list("area__code", flat=True)) == {"south"}
    assert Concern.objects.get(pk=concern.pk).setting == same


def _named(words):
    from surveys.responses.blockage_actions import Named

    return Named(words=words, namer="staff", language="en")


def test_what_comes_late_goes_along_with_the_next_sweep(north, south, admin):
    wave = asking.open_wave(of=north)
    type(wave).objects.update(status="closed", closed_on=timezone.localdate())
    merge_areas(north, south, by=admin)
    heard(wave)
    sweep()
    sweep()
    assert Response.objects.get().area == south


def test_nothing_is_left_behind_of_any_kind_that_goes_along(north, south, admin):
    of = card(north)
    set_goal(of.pk, words="a bike", language="en", sent_as=uuid.uuid4(), by=worker(north))
    loaded(north)
    merge_areas(north, south, by=admin)
    for model, waiting in CARRIED.items():
        assert not model.objects.filter(waiting, area=north).exists(), model
    assert not LicensedScale.objects.filter(area=north).exists()
    assert FamilyCard.objects.get().area == south


def test_words_are_not_kept_for_longer_than_was_said(north, south, admin):
    Area.objects.filter(pk=north.pk).update(retention_days=30)
    Area.objects.filter(pk=south.pk).update(retention_days=60)
    with pytest.raises(NotAllowed, match="keeps them for 60"):
        merge_areas(north, south, by=admin)
    assert not Area.objects.exclude(merged_into=None).exists()
