"""Before and after: prepared in eight languages, decided on like every survey, opened together, counted in fives."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.turnout import last_sunday, used_both_of
from feedback.anonymisation.turnout_actions import count_turnout
from feedback.releases.measure import Measure
from surveys.bank import occasions as written
from surveys.bank.models import QuestionPage
from surveys.design.actions import approve, freeze, submit
from surveys.design.models import CareCouncil
from surveys.fieldwork.actions import invite, redeem
from surveys.fieldwork.models import Invitation, Wave
from surveys.fieldwork.occasion_actions import invite_twice, open_pack, prepare_pack
from surveys.fieldwork.occasions import OccasionPack
from surveys.frame.policies import NotAllowed
from tests.factories import asking, occasions
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
TWO = ("en", "pl")


@pytest.fixture
def in_two_languages(monkeypatch):
    """Writing eight languages of many questions takes seconds; the others are looked at in tests/unit/bank."""
    texts = {language: written._texts()[language] for language in TWO}
    monkeypatch.setattr(written, "_texts", lambda: texts)


@pytest.fixture
def council():
    asking.root()
    return CareCouncil.objects.create(area=asking.area("here"), name="The council")


def officer(name="officer"):
    return staff(name, Role.PARTICIPATION_OFFICER)


def prepared(council, **fields):
    about = {"occasion": "conference", "audience": "PARENT_CARER", "listens": "The head of conferences"}
    about["report_back_on"] = timezone.localdate() + timedelta(days=90)
    return prepare_pack(council, **{**about, **fields}, by=fields.pop("by", None) or officer())


def decided(survey, *, by=None):
    submit(survey, by=by or officer())
    approve(survey, by=staff("young", Role.CARE_COUNCIL_MEMBER))
    return freeze(survey, by=officer("second"))


def test_it_goes_into_the_field_once_both_sides_were_approved_and_frozen(in_two_languages, council):
    pack = prepared(council)
    assert not QuestionPage.objects.original().exclude(status="draft").exists()
    for survey in (pack.before_survey, pack.after_survey):
        with pytest.raises(NotAllowed, match="not frozen yet"):
            open_pack(pack, by=officer())
        assert decided(survey).document["languages"] == list(TWO)
    assert not OccasionPack.objects.get().before
    open_pack(pack, by=officer())
    for wave in (pack.before, pack.after):
        wave.refresh_from_db()
        assert (wave.is_open, wave.needs_card, wave.stage.code) == (True, True, "protection")
        assert wave.edition.document["drafted"] == ["pl"]
        assert wave.edition.document["promise"] == "nobody_knows"
    with pytest.raises(NotAllowed, match="in the field already"):
        open_pack(pack, by=officer())
    first = pack.before.edition.document["items"][0]
    assert (first["texts"]["en"], first["kind"]) == ("What is this meeting?", "information")
    assert first["hints"]["pl"].startswith("Konferencja")


def test_whoever_prepared_it_is_not_its_second_person(in_two_languages, council):
    pack = prepared(council)
    submit(pack.before_survey, by=officer("other"))
    approve(pack.before_survey, by=staff("young", Role.CARE_COUNCIL_MEMBER))
    with pytest.raises(NotAllowed, match="You edited this survey"):
        freeze(pack.before_survey, by=officer())


def test_a_board_can_follow_each_side_as_a_measure_of_its_own(in_two_languages, council):
    prepared(council)
    call_command("load_starting_measures", area="here")
    found = Measure.objects.values_list("code", flat=True)
    assert set(found) == {"parent-knows-why-before", "parent-knows-change-after"}


def test_a_question_is_put_into_the_bank_once(in_two_languages, council):
    prepared(council)
    many = QuestionPage.objects.count()
    prepared(council, occasion="review")
    assert QuestionPage.objects.count() == many
    with pytest.raises(NotAllowed, match="such questions in this area already"):
        prepared(council)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"occasion": "wedding"}, "Choose what it is about"),
        ({"occasion": ""}, "Choose what it is about"),
        ({"audience": "AGE_4_5"}, "Choose whom it asks"),
        ({"audience": "PROFESSIONAL"}, "Choose whom it asks"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(council, wrong, why):
    with pytest.raises(NotAllowed, match=why):
        prepared(council, **wrong)
    assert not OccasionPack.objects.exists()


def test_only_officers_of_the_area_prepare_open_and_print(council):
    elsewhere = staff("elsewhere", Role.PARTICIPATION_OFFICER, area=asking.area("there"))
    for person in (elsewhere, staff("worker", Role.PRACTITIONER), staff("young", Role.CARE_COUNCIL_MEMBER)):
        with pytest.raises(PermissionDenied):
            prepare_pack(
                council, occasion="visit", audience="AGE_8_11", listens="Somebody", report_back_on=None, by=person
            )
    pack = occasions.pack()
    with pytest.raises(PermissionDenied):
        invite_twice(pack, cards=1, expires_on=timezone.localdate() + timedelta(days=9), by=elsewhere)


@pytest.mark.parametrize("wrong", [{"many": 0}, {"many": 241}, {"expires_on": timezone.localdate()}])
def test_cards_that_nobody_could_use_are_not_made(wrong):
    with pytest.raises(NotAllowed):
        occasions.cards(occasions.pack(), **wrong)
    assert not Invitation.objects.exists()


def test_of_each_card_there_is_a_row_for_each_time_and_no_code(council):
    pack = occasions.pack()
    codes = occasions.cards(pack, 5)
    rows = Invitation.objects.all()
    assert (rows.filter(wave=pack.before).count(), rows.filter(wave=pack.after).count()) == (5, 5)
    assert rows.values("twin").distinct().count() == 5
    assert not [code for code in codes for row in rows for value in vars(row).values() if code in str(value)]


def test_cards_used_both_times_are_counted_on_mondays_in_fives_and_never_downwards():
    pack = occasions.pack()
    occasions.cards(pack, 20)
    long_ago = timezone.localdate() - timedelta(days=30)
    Wave.objects.update(opened_on=long_ago)
    twins = list(Invitation.objects.filter(wave=pack.before).values_list("twin", flat=True))
    for wave, many in ((pack.before, 12), (pack.after, 9)):
        for card in Invitation.objects.filter(wave=wave, twin__in=twins[:many]):
            redeem(card)
    count_turnout()
    pack.refresh_from_db()
    assert pack.used_both == 5
    assert used_both_of(pack).at_least == 5
    Invitation.objects.filter(wave=pack.after).delete()
    Wave.objects.update(counted_through=last_sunday(timezone.localdate()) - timedelta(days=7))
    count_turnout()
    pack.refresh_from_db()
    assert pack.used_both == 5


def test_once_nobody_can_answer_any_more_the_two_times_of_a_card_forget_each_other():
    pack = occasions.pack()
    occasions.cards(pack, 5)
    count_turnout()
    assert not Invitation.objects.filter(twin=None).exists()
    closed = timezone.localdate() - timedelta(days=60)
    Wave.objects.update(status="closed", opened_on=closed, closed_on=closed, counted_through=closed)
    count_turnout()
    assert not Invitation.objects.exclude(twin=None).exists()


@pytest.mark.parametrize("side", ["before", "after"])
def test_no_card_is_made_that_opens_one_of_the_two_times_only(client, side):
    of = occasions.pack()
    wave, by = getattr(of, side), officer()
    with pytest.raises(NotAllowed, match="One card opens both times"):
        invite(wave, cards=10, area=of.area, expires_on=timezone.localdate() + timedelta(days=9), by=by)
    assert not Invitation.objects.exists()
    page = at_desk(client, by).get(reverse("desk:wave", args=[wave.code])).content.decode()
    assert "Make cards to print" not in page
    assert "One card opens both times" in page


def test_whoever_answered_before_is_told_to_keep_the_card_for_after(client):
    of = occasions.pack()
    kept = "Keep your card. With it you can answer again afterwards."
    before, after = (client.get(f"/a/{wave.code}/").content.decode() for wave in (of.before, of.after))
    assert kept in before
    assert kept not in after
    (code,) = occasions.cards(of, many=1)
    sent = f"edition={of.before.edition.digest}&language=en&helper=alone&told=nobody&code={code}"
    as_form = {"content_type": "application/x-www-form-urlencoded", "follow": True}
    thanks = client.post(f"/a/{of.before.code}/", sent, **as_form).content.decode()
    assert kept in thanks
