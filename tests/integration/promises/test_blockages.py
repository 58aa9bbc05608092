"""What gets in the way: kept once, read by a person, worded by one, published by another, answered in public."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.blockage_actions import leave_blockage, read_blockage, worry_about_blockage
from feedback.anonymisation.named_blockages import waiting_blockages
from feedback.promises import blockage_actions as actions
from feedback.promises.blockage_actions import Answer
from feedback.promises.blockage_reading import blockages_of, last_review
from feedback.promises.blockages import Blockage, BlockageStep, recalled_blockages, week_of
from feedback.promises.boards import what_waits
from feedback.safeguarding.actions import close_concern, read_concern
from feedback.safeguarding.blockage_actions import blockages_left, erase_old_blockages, screen_blockages
from feedback.safeguarding.models import Concern
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.responses.blockage_actions import LONGEST_NAMED, Named, TooManyNamed, name_blockage
from surveys.responses.blockages import NamedBlockage
from tests.factories import asking
from tests.factories.blocking import WORDS, looked_after, named, published, worded
from tests.factories.people import staff
from tests.factories.promising import board, in_days, officer, owner

pytestmark = pytest.mark.django_db
Status = Blockage.Status
HURT = "My dad hits me and nobody comes."


@pytest.fixture
def area():
    return asking.area("north")


def test_what_is_sent_twice_is_kept_once_and_nothing_says_who(area):
    sent = uuid.uuid4()
    assert name_blockage(area, Named(WORDS), sent_as=sent)
    assert not name_blockage(area, Named(WORDS), sent_as=sent)
    (kept,) = NamedBlockage.objects.all()
    assert kept.words == WORDS
    assert str(sent) not in str(kept.pk)
    assert not ModelLogEntry.objects.filter(action__contains="blockage").exists()


@pytest.mark.parametrize("words", ["", "   ", "\0\0", "x" * (LONGEST_NAMED + 1), "x" * 1_000_000])
def test_nothing_and_too_much_are_refused(area, words):
    with pytest.raises(NotAllowed):
        name_blockage(area, Named(words), sent_as=uuid.uuid4())
    assert not NamedBlockage.objects.exists()


def test_every_sign_that_can_be_kept_is_kept(area):
    words = "نموذج يسأل مرتين 🐸\r\nand a\0gain \ud800"
    kept = named(area, words)
    assert kept.words == "نموذج يسأل مرتين 🐸\nand again ?"


def test_a_day_has_an_end_but_not_for_those_who_are_signed_in(area):
    for number in range(3):
        name_blockage(area, Named(f"{WORDS} {number}"), sent_as=uuid.uuid4(), most=3)
    with pytest.raises(TooManyNamed):
        name_blockage(area, Named(WORDS), sent_as=uuid.uuid4(), most=3)
    assert name_blockage(area, Named(WORDS), sent_as=uuid.uuid4(), most=None)


def test_nobody_reads_it_before_screening_has_and_each_look_is_logged(area):
    name_blockage(area, Named("Charlotte Brown must sign every form. 07700 900123"), sent_as=uuid.uuid4())
    by = officer(area)
    assert not waiting_blockages(by).exists()
    screen_blockages()
    (waiting,) = waiting_blockages(by)
    shown = read_blockage(waiting.pk, by=by)
    assert "Charlotte" not in shown.proposed
    assert "900123" not in shown.proposed
    assert "Charlotte" in shown.words
    assert ModelLogEntry.objects.filter(action="anonymisation.read_blockage", user=by).count() == 1


def test_a_worry_goes_to_a_lead_first_and_comes_back_when_it_is_done(area):
    made, by, lead = named(area, HURT), officer(area), staff("lead", Role.SAFEGUARDING_LEAD, area=area)
    assert not waiting_blockages(by).exists()
    with pytest.raises(NotAllowed, match="safeguarding leads"):
        read_blockage(made.pk, by=by)
    concern = Concern.objects.get(response_key=made.pk)
    (shown,) = read_concern(concern, by=lead)
    assert shown.words == HURT
    assert "What gets in the way" in shown.question
    close_concern(concern, reason="Nobody can be found.", by=lead)
    assert read_blockage(made.pk, by=by).words == HURT


def test_an_officer_who_is_worried_hands_it_over_and_does_not_read_it_on(area):
    made, by, lead = named(area), officer(area), staff("lead", Role.SAFEGUARDING_LEAD, area=area)
    worry_about_blockage(made.pk, by=by)
    with pytest.raises(NotAllowed, match="safeguarding leads"):
        read_blockage(made.pk, by=by)
    concern = Concern.objects.get(response_key=made.pk)
    read_concern(concern, by=lead)
    close_concern(concern, reason="It is about a bus.", by=lead)
    worry_about_blockage(made.pk, by=by)
    concern.refresh_from_db()
    assert (concern.status, concern.holder) == (Concern.Status.RAISED, None)


def test_what_nobody_published_nobody_reads(area):
    made, by = worded(area), officer(area)
    assert blockages_of(area) == []
    with pytest.raises(NotAllowed, match="somebody else publishes"):
        actions.publish_blockage(made, words=made.words, by=by)
    actions.publish_blockage(made, words=made.words, by=board(area))
    (shown,) = blockages_of(area)
    assert shown.named.text == "A small cost needs two signatures."
    assert shown.is_unanswered


def test_who_changes_the_words_has_worded_them(area):
    made, by, other = worded(area), officer(area), board(area)
    read = made.words
    actions.reword_blockage(made, "A bus ticket needs two signatures.", by=other)
    with pytest.raises(NotAllowed, match="somebody else publishes"):
        actions.publish_blockage(made, words=made.words, by=other)
    with pytest.raises(NotAllowed, match="changed in the meantime"):
        actions.publish_blockage(made, words=read, by=by)
    actions.publish_blockage(made, words=made.words, by=by)
    with pytest.raises(NotAllowed, match="public"):
        actions.reword_blockage(made, "Other words.", by=other)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "is empty"),
        ("x" * 301, "letters"),
        ("They said “nobody ever comes when we call”.", "no published release"),
        ("This is anonymised.", "record of a test"),
    ],
)
def test_words_for_everybody_are_ours(area, words, sentence):
    made = named(area)
    with pytest.raises(ValidationError, match=sentence):
        actions.word_named(made.pk, words, by=officer(area))
    made.refresh_from_db()
    assert made.decided_on is None


def test_the_same_is_joined_and_has_waited_since_the_first_who_named_it(area):
    made, first = published(area), named(area, "Nobody answers the phone after four.")
    NamedBlockage.objects.filter(pk=first.pk).update(named_on=timezone.localdate() - timedelta(days=30))
    actions.join_named(first.pk, made, by=officer(area))
    (shown,) = blockages_of(area)
    assert shown.week == week_of(timezone.localdate() - timedelta(days=30))
    assert shown.days_waited >= 30
    with pytest.raises(NotAllowed, match="colleague"):
        actions.join_named(first.pk, made, by=officer(area))


def test_two_that_are_the_same_become_one(area):
    one, other = published(area), published(area, "Bus tickets take long.", "Nobody answers the phone after four.")
    by = board(area)
    with pytest.raises(NotAllowed, match="another of the same area"):
        actions.join_blockages(one, one, by=by)
    actions.join_blockages(one, other, by=by)
    assert [shown.number for shown in blockages_of(area)] == [other.pk]
    with pytest.raises(NotAllowed, match="not on the board"):
        actions.join_blockages(other, one, by=by)


def test_it_is_answered_in_public_by_whoever_looks_after_it(area):
    made, by = published(area), board(area)
    with pytest.raises(NotAllowed, match="who looks after"):
        actions.answer_blockage(made, Answer(Status.CHANGED, "Managers sign alone."), by=by)
    actions.give_blockage(made, owner(area), "Team manager", by=by)
    actions.answer_blockage(made, Answer(Status.WILL, "Managers will sign alone.", in_days(10)), by=owner(area))
    with pytest.raises(NotAllowed, match="already"):
        actions.answer_blockage(made, Answer(Status.WILL, "Managers will sign alone.", in_days(10)), by=owner(area))
    (shown,) = blockages_of(area)
    assert (shown.owner, shown.answer.told.text, shown.is_overdue) == (
        "Team manager",
        "Managers will sign alone.",
        False,
    )
    (late,) = blockages_of(area, today=in_days(13))
    assert late.days_late == 3
    actions.answer_blockage(made, Answer(Status.CHANGED, "Managers sign alone now."), by=owner(area))
    (done,) = blockages_of(area)
    assert [step.told.text for step in done.answers] == ["Managers will sign alone.", "Managers sign alone now."]
    assert done.days_late == 0


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(Status.WILL, "Soon."), "by which day"),
        (Answer(Status.WILL, "Soon.", timezone.localdate() - timedelta(days=1)), "over already"),
        (Answer(Status.CANNOT, ""), "is empty"),
        (Answer(Status.RECALLED, "x"), "Choose what"),
        (Answer(Status.CHANGED, "x" * 501), "letters"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(area, answer, sentence):
    made = looked_after(area)
    with pytest.raises(ValidationError, match=sentence):
        actions.answer_blockage(made, answer, by=board(area))
    made.refresh_from_db()
    assert made.status == Status.OPEN


def test_what_is_recalled_is_gone_from_the_page_with_its_words(area):
    made, by = looked_after(area), officer(area)
    actions.answer_blockage(made, Answer(Status.CHANGED, "Done for Charlotte."), by=by)
    actions.recall_blockage(made, "It said too much.", by=by)
    (shown,) = blockages_of(area)
    assert not shown.named
    assert [step.told.text for step in shown.answers] == ["It said too much."]
    assert blockages_of(area, today=in_days(91)) == []
    assert BlockageStep.objects.filter(text__contains="Charlotte").exists()


def test_what_was_recalled_does_not_come_back_with_a_backup(area):
    made = looked_after(area)
    actions.recall_blockage(made, "It said too much.", by=officer(area))
    marks = set(recalled_blockages())
    Blockage.objects.filter(pk=made.pk).update(status=Status.OPEN)
    other = published(area, "Bus tickets take long.", "Nobody answers the phone after four.")
    assert actions.recall_blockages_again(marks) == 1
    assert actions.recall_blockages_again(marks) == 0
    assert [shown.number for shown in blockages_of(area) if shown.named] == [other.pk]


def test_who_is_not_of_the_area_does_nothing(area):
    far = asking.area("south")
    stranger, made, seen = officer(far, "stranger"), named(area), published(area)
    for do in (
        lambda: read_blockage(made.pk, by=stranger),
        lambda: leave_blockage(made.pk, by=stranger),
        lambda: worry_about_blockage(made.pk, by=stranger),
        lambda: actions.word_named(made.pk, "x", by=stranger),
        lambda: actions.join_named(made.pk, seen, by=stranger),
        lambda: actions.reword_blockage(seen, "x", by=stranger),
        lambda: actions.publish_blockage(seen, words=seen.words, by=stranger),
        lambda: actions.give_blockage(seen, stranger, "x", by=stranger),
        lambda: actions.answer_blockage(seen, Answer(Status.CHANGED, "x"), by=stranger),
        lambda: actions.join_blockages(seen, seen, by=stranger),
        lambda: actions.recall_blockage(seen, "x", by=stranger),
        lambda: actions.finish_review(area, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            do()
    with pytest.raises(NotAllowed, match="another area"):
        actions.join_named(named(far, "Nobody answers the phone after four.").pk, seen, by=stranger)


def test_the_board_is_looked_through_once_everything_is_read(area):
    made, by = named(area), officer(area)
    with pytest.raises(NotAllowed, match="Read it first"):
        actions.finish_review(area, by=by)
    leave_blockage(made.pk, by=by)
    actions.finish_review(area, by=by)
    actions.finish_review(area, by=board(area))
    assert last_review(area) == timezone.localdate()


def test_what_waits_is_said_to_each(area):
    looked_after(area)
    worded(area, "Another.", "Nobody answers the phone after four.")
    named(area, "Our school never hears whether a referral arrived.")
    assert "1 to read." in list(what_waits(officer(area)))
    assert "1 worded by others, to be published." in list(what_waits(board(area)))
    assert "1 that you look after, not answered." in list(what_waits(owner(area)))
    assert any("for a week" in said for said in what_waits(board(area)))


def test_words_are_erased_four_weeks_after_they_were_decided_on(area):
    quiet, worry = named(area), named(area, HURT)
    undecided = named(area, "Nobody answers the phone after four.")
    leave_blockage(quiet.pk, by=officer(area))
    assert erase_old_blockages() == 0
    before = timezone.localdate() - timedelta(days=28)
    NamedBlockage.objects.filter(pk__in=[quiet.pk, worry.pk]).update(decided_on=before)
    assert blockages_left() == 1
    assert erase_old_blockages() == 1
    assert set(NamedBlockage.objects.values_list("pk", flat=True)) == {worry.pk, undecided.pk}


def test_an_area_that_became_part_of_another_is_read_there(area):
    north, made = asking.area("new"), named(area)
    seen = published(area, wrote="Nobody answers the phone after four.")
    Area.objects.filter(pk=area.pk).update(merged_into=north)
    by = officer(north, "newcomer")
    assert [one.pk for one in waiting_blockages(by)] == [made.pk]
    assert actions.word_named(made.pk, "A bus ticket takes long.", by=by).area == north
    assert [shown.number for shown in blockages_of(north)] == [seen.pk]
    with pytest.raises(NotAllowed, match="part of"):
        name_blockage(Area.objects.get(pk=area.pk), Named(WORDS), sent_as=uuid.uuid4())
