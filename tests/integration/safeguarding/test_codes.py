"""Two people, a reason and a short time; a number and never a name; the child is told."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import erase_withdrawn, sweep
from feedback.privacy.looks import looks_seen_by
from feedback.safeguarding.actions import close_concern
from feedback.safeguarding.code_actions import (
    agree_to_code,
    ask_for_code,
    lapse_codes,
    look_at_code,
    refuse_code,
    tell_of_code,
)
from feedback.safeguarding.code_asking import code_of
from feedback.safeguarding.code_letters import say_what_was_opened
from feedback.safeguarding.codes import MOST_DAYS_OPEN, CodeOpening, days_open
from feedback.safeguarding.forgetting import erase_concerns
from feedback.safeguarding.models import Concern
from surveys.fieldwork.link_codes import card_serial
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import withdraw
from surveys.responses.coded_cards import CodedCard, forget_cards
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.opening import agreed, answered_with_card, coded_wave, two_leads, worry
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def wave():
    return coded_wave()


@pytest.fixture
def leads(wave):
    return two_leads(wave.area)


@pytest.fixture
def told(wave, leads, mailoutbox):
    """A concern about a response that came with a card, and the number of the card."""
    concern, _, code = worry(wave, read_by=leads[0])
    mailoutbox.clear()
    return concern, card_serial(code)


def later(opening, days):
    """As it will be so many days from now."""
    for name in ("until", "asked_on", "decided_on", "looked_on"):
        if day := getattr(opening, name):
            setattr(opening, name, day - timedelta(days=days))
    opening.save()


def test_two_people_and_then_the_number(told, leads, mailoutbox, django_capture_on_commit_callbacks):
    (concern, serial), (one, two) = told, leads
    opening = agreed(concern, one, two)
    with django_capture_on_commit_callbacks(execute=True):
        assert look_at_code(opening, by=two) == serial
    assert look_at_code(opening, by=one) == serial
    written = [entry.action for entry in ModelLogEntry.objects.filter(action__contains="code").order_by("pk")]
    assert written == [
        "safeguarding.ask_code", "safeguarding.agree_to_code", "safeguarding.look_at_code", "safeguarding.look_at_code"
    ]  # fmt: skip
    assert looks_seen_by(one).filter(action="safeguarding.look_at_code").count() == 2
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([one.email, two.email])
    for letter in mailoutbox:
        assert letter.subject == "A code was opened"
        for clue in (serial, serial.replace(" ", ""), WORRY, concern.area.name, str(concern.pk)):
            assert clue not in letter.body


def test_before_a_second_person_agreed_nobody_sees_anything(told, leads):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    for person in leads:
        with pytest.raises(NotAllowed):
            look_at_code(opening, by=person)
    assert CodedCard.objects.get().looked_up_on is None


def test_the_same_person_cannot_be_both(told, leads):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    with pytest.raises(NotAllowed, match="somebody else must decide"):
        agree_to_code(opening, reason="Yes.", by=leads[0])
    with pytest.raises(IntegrityError, match="code_is_opened_by_two"), transaction.atomic():
        CodeOpening.objects.update(status="agreed", decided_by=leads[0], decided_on=TODAY())


def test_the_database_itself_lets_nobody_look_at_what_was_not_agreed(told, leads):
    ask_for_code(told[0], reason="They are hit.", by=leads[0])
    with pytest.raises(IntegrityError, match="code_is_looked_at_if_agreed"), transaction.atomic():
        CodeOpening.objects.update(looked_on=TODAY())
    with pytest.raises(IntegrityError, match="code_is_decided_on_by_somebody"), transaction.atomic():
        CodeOpening.objects.update(status="agreed")


def test_a_third_lead_does_not_see_the_number(told, leads):
    opening = agreed(told[0], *leads)
    third = staff("third", Role.SAFEGUARDING_LEAD, area=told[0].area)
    with pytest.raises(NotAllowed, match="Only the two"):
        look_at_code(opening, by=third)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SAFEGUARDING_LEAD])
def test_no_other_role_asks_decides_or_looks(told, leads, role):
    other = staff("other", role, area=told[0].area)
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    for attempt in (
        lambda: ask_for_code(told[0], reason="I want to.", by=other),
        lambda: agree_to_code(opening, reason="I want to.", by=other),
        lambda: refuse_code(opening, reason="I want to.", by=other),
        lambda: look_at_code(opening, by=other),
        lambda: tell_of_code(opening, teller="lead", told_on=TODAY(), telling="", by=other),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_a_lead_of_another_area_may_do_none_of_it(told, leads):
    elsewhere = staff("elsewhere", Role.SAFEGUARDING_LEAD, area=asking.area())
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    with pytest.raises(PermissionDenied):
        agree_to_code(opening, reason="Yes.", by=elsewhere)
    assert not CodeOpening.objects.visible_to(elsewhere, "safeguarding.ask_code").exists()


def test_who_has_lost_the_role_does_not_look(told, leads):
    opening = agreed(told[0], *leads)
    leads[0].roles_held.update(until=TODAY() - timedelta(days=1))
    from feedback.accounts.models import User

    with pytest.raises(PermissionDenied):
        look_at_code(opening, by=User.objects.get(pk=leads[0].pk))


def test_its_time_runs_out(told, leads):
    opening = agreed(told[0], *leads)
    later(opening, days_open())
    look_at_code(opening, by=leads[0])
    later(opening, 1)
    with pytest.raises(NotAllowed, match="could be seen until"):
        look_at_code(opening, by=leads[0])


def test_no_installation_gives_more_time_than_the_ceiling(settings):
    settings.EARSHOT_CODE_DAYS_OPEN = 400
    assert days_open() == MOST_DAYS_OPEN
    settings.EARSHOT_CODE_DAYS_OPEN = -5
    assert days_open() == 0


def test_what_nobody_decided_on_in_time_lapses_and_can_be_asked_anew(told, leads):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    later(opening, 9)
    with pytest.raises(NotAllowed, match="in time"):
        agree_to_code(opening, reason="Yes.", by=leads[1])
    again = ask_for_code(told[0], reason="They are hit again.", by=leads[1])
    opening.refresh_from_db()
    assert (opening.status, again.status) == ("lapsed", "asked")
    assert lapse_codes() == 0


def test_what_was_looked_at_does_not_lapse_but_waits_for_the_child_to_be_told(told, leads):
    opening = agreed(told[0], *leads)
    look_at_code(opening, by=leads[0])
    later(opening, 30)
    assert lapse_codes() == 0
    assert CodeOpening.objects.get().is_to_be_told


def test_the_sweep_lets_it_lapse_and_twice_is_harmless(told, leads):
    later(agreed(told[0], *leads), 30)
    assert [lapse_codes(), lapse_codes()] == [1, 0]


def test_a_refusal_shows_nothing(told, leads):
    opening = ask_for_code(told[0], reason="They are hit.", by=leads[0])
    refuse_code(opening, reason="They wrote about a film.", by=leads[1])
    with pytest.raises(NotAllowed):
        look_at_code(opening, by=leads[0])
    with pytest.raises(NotAllowed):
        agree_to_code(opening, reason="Now I agree.", by=leads[1])
    assert CodedCard.objects.get().looked_up_on is None


@pytest.mark.parametrize("reason", ["", "  ", "\0", "x" * 1_000_000])
def test_a_reason_is_a_sentence(told, leads, reason):
    with pytest.raises(NotAllowed):
        ask_for_code(told[0], reason=reason, by=leads[0])
    opening = ask_for_code(told[0], reason="They are\0 hit.", by=leads[0])
    with pytest.raises(NotAllowed):
        agree_to_code(opening, reason=reason, by=leads[1])
    assert CodeOpening.objects.get().reason == "They are hit."


def test_asking_twice_asks_once(told, leads):
    ask_for_code(told[0], reason="They are hit.", by=leads[0])
    for person in leads:
        with pytest.raises(NotAllowed, match="already"):
            ask_for_code(told[0], reason="They are hit.", by=person)
    assert CodeOpening.objects.count() == 1


def test_agreeing_twice_agrees_once(told, leads):
    opening = agreed(told[0], *leads)
    with pytest.raises(NotAllowed):
        agree_to_code(opening, reason="Again.", by=leads[1])


def test_under_nobody_knows_there_is_nothing_to_ask_for(leads):
    wave = asking.open_wave(of=leads[0].roles_held.get().area)
    response = arrives(wave, WORRY)
    sweep()
    concern = Concern.objects.get(response_key=response.pk)
    assert code_of(concern) is None
    with pytest.raises(NotAllowed, match="nobody knows who they are"):
        ask_for_code(concern, reason="They are hit.", by=leads[0])


def test_nobody_asks_for_the_card_of_what_nobody_has_read(wave, leads):
    response, _ = answered_with_card(wave)
    sweep()
    with pytest.raises(NotAllowed, match="Read it first"):
        ask_for_code(Concern.objects.get(response_key=response.pk), reason="They are hit.", by=leads[0])


def test_taken_back_in_the_middle_nothing_is_shown(wave, leads, told):
    concern, _ = told
    opening = agreed(concern, *leads)
    assert withdraw(receipt_of(concern.response_key), wave=wave)
    with pytest.raises(NotAllowed, match="taken back"):
        look_at_code(opening, by=leads[0])
    erase_withdrawn()
    opening.refresh_from_db()
    assert (opening.reason, opening.decision, opening.looked_on) == ("", "", None)
    with pytest.raises(NotAllowed, match="taken back"):
        look_at_code(opening, by=leads[0])


def test_answers_that_were_erased_leave_that_somebody_looked(told, leads):
    opening = agreed(told[0], *leads)
    look_at_code(opening, by=leads[0])
    forget_cards([told[0].response_key])
    with pytest.raises(NotAllowed, match="erased"):
        look_at_code(opening, by=leads[0])
    assert CodedCard.objects.get().looked_up_on == TODAY()


def test_without_the_key_it_is_said_in_a_sentence(told, leads, settings):
    opening = agreed(told[0], *leads)
    settings.EARSHOT_WORDS_KEYS = ["cd" * 32]
    with pytest.raises(NotAllowed, match="keys of the words"):
        look_at_code(opening, by=leads[0])
    assert CodeOpening.objects.get().looked_on is None


def test_it_is_finished_only_when_the_child_was_told(told, leads):
    opening = agreed(told[0], *leads)
    with pytest.raises(NotAllowed, match="Nobody has seen"):
        tell_of_code(opening, teller="worker", told_on=TODAY(), telling="", by=leads[0])
    look_at_code(opening, by=leads[0])
    for wrong in (
        {"teller": "", "told_on": TODAY()},
        {"teller": "the cat", "told_on": TODAY()},
        {"teller": "worker", "told_on": None},
        {"teller": "worker", "told_on": TODAY() + timedelta(days=1)},
        {"teller": "worker", "told_on": TODAY() - timedelta(days=1)},
        {"teller": "nobody", "told_on": TODAY()},
    ):
        with pytest.raises(NotAllowed):
            tell_of_code(opening, telling="", by=leads[0], **wrong)
    tell_of_code(opening, teller="worker", told_on=TODAY(), telling="At home, alone.", by=leads[1])
    opening.refresh_from_db()
    assert opening.status == "finished"
    with pytest.raises(NotAllowed):
        look_at_code(opening, by=leads[0])


def test_a_mail_server_that_is_down_is_asked_again(told, leads, mailoutbox, monkeypatch):
    opening = agreed(told[0], *leads)
    look_at_code(opening, by=leads[0])

    def down(*args, **kwargs):
        raise SMTPException("down")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        assert say_what_was_opened() == 0
    assert CodeOpening.objects.not_said_yet().count() == 1
    assert [say_what_was_opened(), say_what_was_opened()] == [1, 0]
    assert len(mailoutbox) == 2


def test_who_may_decide_is_told_that_something_waits(told, leads, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask_for_code(told[0], reason="They are hit.", by=leads[0])
    assert [letter.to for letter in mailoutbox] == [[leads[1].email]]
    assert "hit" not in mailoutbox[0].body


def test_a_closed_worry_can_still_be_asked_about(told, leads):
    """Closed as *cannot identify*, and then something more is learnt."""
    close_concern(told[0], reason="Cannot be found.", by=leads[0])
    assert ask_for_code(told[0], reason="A second card came.", by=leads[1]).status == "asked"


def test_erasing_the_worry_erases_what_was_asked(told, leads):
    agreed(told[0], *leads)
    erase_concerns([told[0].pk])
    assert not CodeOpening.objects.exists()
