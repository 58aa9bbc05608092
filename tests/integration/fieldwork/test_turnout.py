"""How many have answered: counted on Mondays, in fives, shown to officers of the area, and telling on nobody."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.accounts.roles import Role
from feedback.anonymisation.turnout import last_sunday, turnout_of, whole_of
from feedback.anonymisation.turnout_actions import count_turnout
from feedback.anonymisation.turnout_words import answered, who_is_missing
from surveys.fieldwork.actions import invite, make_link, redeem
from surveys.fieldwork.models import Invitation, Turnout
from surveys.frame.models import Stratum
from surveys.instrument.wording import Audience
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
LAST_WEEK = timezone.localdate() - timedelta(days=10)


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def wave(area):
    return asking.open_wave(of=area, code="autumn")


def officer(area=None):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


def answer(wave, many, *, service=None, stage=None, on=LAST_WEEK):
    place = Place.of(wave.area, service, stage)
    for _ in range(many):
        record(
            new_response(
                uuid.uuid4(),
                wave=wave,
                edition=wave.edition,
                place=place,
                answers={"listened": "yes"},
                language="en",
                helper="alone",
                on=on,
            )
        )


def counts(area, children, *, service=None, stage=None, audience="AGE_8_11", on=date(2026, 3, 31)):
    return Stratum.objects.create(
        area=area, service=service, stage=stage, audience=audience, children=children, source="Census", counted_on=on
    )


def page_of(client, wave, person=None):
    at_desk(client, person or officer(wave.area))
    reply = client.get(reverse("desk:response", args=[wave.code]))
    assert reply.status_code == 200
    text = reply.content.decode()
    return text[text.index("desk-page") : text.index("</main>")]


@pytest.mark.parametrize(("today", "sunday"), [(29, 22), (30, 29), (28, 22)])
def test_the_week_ends_on_sunday(today, sunday):
    assert last_sunday(date(2026, 11, today)) == date(2026, 11, sunday)


def test_only_the_step_is_kept_and_what_came_since_sunday_is_not_in_it(wave):
    answer(wave, 13)
    answer(wave, 9, on=timezone.localdate())
    assert count_turnout() == 1
    assert [row.answered for row in Turnout.objects.filter(line="whole")] == [10]
    assert count_turnout() == 0


def test_nothing_moves_before_the_next_monday(wave):
    answer(wave, 5)
    monday = date(2026, 11, 23)
    Response.objects.update(received_on=date(2026, 11, 20))
    count_turnout(today=monday)
    answer(wave, 5, on=date(2026, 11, 24))
    for days in range(7):
        count_turnout(today=monday + timedelta(days=days))
        assert Turnout.objects.get(line="whole").answered == 5
    count_turnout(today=monday + timedelta(days=7))
    assert Turnout.objects.get(line="whole").answered == 10


def test_who_takes_answers_back_is_not_seen_to(wave):
    answer(wave, 10)
    count_turnout()
    Response.objects.first().delete()
    count_turnout(today=timezone.localdate() + timedelta(days=7))
    assert Turnout.objects.get(line="whole").answered == 10


def test_late_answers_of_a_closed_wave_are_counted_until_its_grace_is_over(wave):
    wave.status, wave.closed_on, wave.grace_days = "closed", date(2026, 11, 10), 7
    wave.save()
    answer(wave, 5, on=date(2026, 11, 16))
    weeks = [count_turnout(today=date(2026, 11, day)) for day in (12, 16, 23, 30)]
    assert weeks == [1, 1, 1, 0]
    assert Turnout.objects.get(line="whole").answered == 5


def test_conversations_are_not_counted(area, client):
    wave = asking.open_wave(asking.text_item("words"), of=area, audience=Audience.AGE_4_5)
    assert count_turnout() == 0
    assert "never counted" in page_of(client, wave)


def test_each_part_is_set_against_its_newest_count(area, wave, client):
    visits, homes = asking.service(area, "visits"), asking.service(area, "homes")
    counts(area, 400, on=date(2025, 3, 31))
    counts(area, 100)
    counts(area, 60, service=visits)
    counts(area, 900, service=homes, audience="")  # of all ages: it says nothing of this one
    answer(wave, 33, service=visits)
    answer(wave, 11)
    count_turnout()
    turnout = turnout_of(wave)
    assert (turnout.whole.counted.children, turnout.whole.told.at_least, turnout.whole.told.percent) == (100, 40, 40)
    homes_part, visits_part = turnout.services
    assert (visits_part.told.at_least, visits_part.told.percent) == (30, 50)
    assert (homes_part.counted, homes_part.told.fewer) == (None, 10)
    assert turnout.without_service.at_least == 10
    text = page_of(client, wave)
    for said in ("100 (Census, 31 March 2026)", "We do not know how many could be asked.", "30 to 50 in 100",
                 "At least 30, at least 50 %", "names no team"):  # fmt: skip
        assert said in text, said


def test_an_empty_frame_is_said_and_nothing_is_made_up(wave, client):
    count_turnout()
    text = page_of(client, wave)
    assert "We do not know how many could be asked." in text
    assert " %" not in text
    assert "<svg" not in text


def test_a_count_that_is_too_small_is_said_to_be(area, wave, client):
    counts(area, 25)
    answer(wave, 31)
    count_turnout()
    assert "More have answered than could be asked by this count" in page_of(client, wave)


def test_a_small_team_is_not_shown_whoever_answered(area, wave, client):
    small, large = asking.service(area, "small"), asking.service(area, "large")
    counts(area, 40)
    counts(area, 7, service=small)
    counts(area, 33, service=large)
    answer(wave, 7, service=small)
    answer(wave, 20, service=large)
    count_turnout()
    # The large one would give the small one away, so neither is shown.
    assert [part.told for part in turnout_of(wave).services] == [None, None]
    text = page_of(client, wave)
    assert text.count("Too few people to say") == 2


def test_cards_are_told_in_fives_and_never_all_of_them(area, wave, client):
    service = asking.service(area)
    until = timezone.localdate() + timedelta(days=30)
    invite(wave, cards=10, area=area, service=service, expires_on=until, by=officer())
    for card in Invitation.objects.all():
        redeem(card)
    at_desk(client, officer())
    address = reverse("desk:wave", args=[wave.code])
    assert "10 cards, fewer than 5 used" in client.get(address).content.decode()
    count_turnout()
    assert "10 cards, at least 5 used" in client.get(address).content.decode()


def test_who_is_missing_is_said_with_what_to_do(area, wave):
    names = ("alpha", "beta", "gamma", "delta")
    alpha, beta, gamma, delta = (asking.service(area, name) for name in names)
    for service in (alpha, beta, gamma, delta):
        counts(area, 50, service=service)
    until = timezone.localdate() + timedelta(days=30)
    make_link(wave, place="Hall", area=area, service=beta, by=officer())
    for service in (gamma, delta):
        invite(wave, cards=20, area=area, service=service, expires_on=until, by=officer())
    answer(wave, 40, service=delta)
    count_turnout()
    alpha_said, beta_said, gamma_said = who_is_missing(turnout_of(wave))
    assert alpha_said.startswith("No cards were printed for Alpha")
    assert beta_said.startswith("Of Beta, few or none have answered. There is a poster and no card")
    assert "20 cards were made and hardly used" in gamma_said


def test_nobody_and_one_are_told_alike(area, wave, client):
    counts(area, 50, service=asking.service(area))
    count_turnout()
    before = page_of(client, wave)
    Turnout.objects.all().delete()
    answer(wave, 4, service=asking.service(area))
    wave.counted_through = None
    wave.save()
    count_turnout()
    assert page_of(client, wave) == before
    assert [part.told.fewer for part in turnout_of(wave).services] == [5]


def test_before_the_first_count_nothing_is_told(wave):
    assert "counted every Monday" in answered(whole_of(wave))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPATION_OFFICER])
def test_others_do_not_see_it(wave, client, role):
    at_desk(client, staff("somebody", role, area=wave.area))
    assert client.get(reverse("desk:response", args=[wave.code])).status_code in (302, 403, 404)


def test_nor_do_officers_of_another_area(wave, client):
    at_desk(client, staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there")))
    assert client.get(reverse("desk:response", args=[wave.code])).status_code == 404


def test_the_first_page_says_how_many_and_how_long(area, client):
    today = timezone.localdate()
    wave = asking.open_wave(of=area, code="winter", ends_on=today + timedelta(days=14))
    answer(wave, 12)
    count_turnout()
    at_desk(client, officer(area))
    text = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "At least 10 had answered by" in text
    assert "14 days left" in text


def test_a_part_of_which_some_answered_is_not_called_silent(area, wave):
    service = asking.service(area, "some")
    counts(area, 50, service=service)
    answer(wave, 12, service=service)
    count_turnout()
    (said,) = who_is_missing(turnout_of(wave))
    assert said.startswith("No cards were printed for Some")
    assert said.endswith("Of Some, fewer than 30 in 100 have answered, as far as is counted.")
