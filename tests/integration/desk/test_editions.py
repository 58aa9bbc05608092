"""Two editions side by side at the desk, and what changed in the draft since the last one."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from feedback.accounts.roles import Role
from surveys.bank.models import QuestionPage
from surveys.design.models import Edition
from surveys.instrument.document import digest, write
from surveys.instrument.items import Option
from tests.factories import asking
from tests.factories.designing import draft
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
FIRST = asking.instrument(
    asking.closed_item("listened", "yes", "no"), asking.closed_item("safe", "yes", "no"), asking.text_item("own")
)


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def survey(area):
    return draft(area, title="About you")


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


def freeze_as(survey, number, instrument):
    document = write(instrument)
    return Edition.objects.create(
        survey=survey, number=number, document=document, digest=digest(document), frozen_on=date(2026, number, 1),
        frozen_by=staff("freezer", Role.PARTICIPATION_OFFICER),
    )  # fmt: skip


def later():
    listened, safe, own = FIRST.items
    return replace(
        FIRST,
        items=(
            replace(safe, texts={"en": "Do you feel safe <b>now</b>?"}),
            replace(listened, options=(*listened.options, Option("maybe", {"en": "Maybe"}))),
            own,
        ),
    )


def seen(client, person, survey, **asked):
    at_desk(client, person)
    reply = client.get(reverse("desk:editions", args=[survey.pk]), asked)
    assert reply.status_code == 200
    text = reply.content.decode()
    return text[text.index("desk-page") : text.index("</main>")]


def test_without_an_edition_there_is_nothing_to_compare(client, officer, survey):
    assert "There is no edition yet" in seen(client, officer, survey)
    assert "editions/" not in client.get(reverse("desk:survey", args=[survey.pk])).content.decode()


def test_each_difference_is_shown_in_both_wordings(client, officer, survey):
    freeze_as(survey, 1, FIRST)
    freeze_as(survey, 2, later())
    text = seen(client, officer, survey, before="1", after="2")
    for said in (
        "Options changed: yes, no → yes, no, maybe. Breaks the series.",
        "Reworded in English. Breaks it unless the meaning stayed.",
        "Moved.", "&lt;b&gt;now&lt;/b&gt;", "<ins>Maybe</ins>", '<span class="none">not there</span>',
        "own: Question own?",
    ):  # fmt: skip
        assert said in text, said
    assert "<b>now</b>" not in text
    assert "Nothing is different" in seen(client, officer, survey, before="2", after="2")


def test_the_draft_is_compared_with_the_last_edition_for_those_who_approve(client, area, survey):
    freeze_as(survey, 1, FIRST)
    young = staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    at_desk(client, young)
    page = client.get(reverse("desk:survey", args=[survey.pk])).content.decode()
    assert "What changed since edition 1" in page
    text = seen(client, young, survey)
    assert "The draft as it is now" in text
    assert "Removed." in text


def test_a_draft_that_cannot_be_asked_says_why(client, officer, survey):
    freeze_as(survey, 1, FIRST)
    QuestionPage.objects.get().options.all().delete()
    assert "The draft cannot be asked as it is" in seen(client, officer, survey)


@pytest.mark.parametrize("asked", ["3", "0", "-1", "\0", "9" * 400, "draft'--", ""])
def test_what_is_no_edition_is_not_found(client, officer, survey, asked):
    freeze_as(survey, 1, FIRST)
    at_desk(client, officer)
    assert client.get(reverse("desk:editions", args=[survey.pk]), {"before": asked}).status_code == 404


def says(client, person, survey, **fields):
    at_desk(client, person)
    data = {"before": "1", "after": "2", "item": "safe", "meaning": "same", "reason": "Now was always meant.", **fields}
    return client.post(reverse("desk:editions", args=[survey.pk]), data, follow=True)


def test_the_care_council_says_whether_it_means_the_same(client, area, survey, officer):
    freeze_as(survey, 1, FIRST)
    freeze_as(survey, 2, later())
    young = staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    assert "the care council says that it means the same. Now was" in says(client, young, survey).content.decode()
    text = says(client, young, survey, meaning="other", reason="It was about last year.").content.decode()
    assert "the care council says that it means something else. It was about last year." in text
    assert "No break in series: the care council" not in text
    assert "It was about last year." in client.get(reverse("desk:survey", args=[survey.pk])).content.decode()


@pytest.mark.parametrize(
    ("fields", "says_what"),
    [
        ({"item": "listened"}, "The form of it changed"),
        ({"item": "own"}, "Nothing is different there"),
        ({"item": "x" * 100_000}, "Nothing is different there"),
        ({"reason": "\0 "}, "Say in a sentence why"),
    ],
)
def test_what_cannot_be_said_changes_nothing(client, area, survey, fields, says_what):
    freeze_as(survey, 1, FIRST)
    freeze_as(survey, 2, later())
    young = staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    assert says_what in says(client, young, survey, **fields).content.decode()
    assert "the care council says that" not in seen(client, young, survey, before="1", after="2")


def test_an_officer_does_not_say_it_and_no_edition_is_made_up(client, area, survey, officer):
    freeze_as(survey, 1, FIRST)
    freeze_as(survey, 2, later())
    says(client, officer, survey)
    assert "the care council says that" not in seen(client, officer, survey, before="1", after="2")
    young = staff("young", Role.CARE_COUNCIL_MEMBER, area=area)
    for number in ("3", "draft", "\0", "9" * 400):
        assert says(client, young, survey, before=number).status_code == 404
    assert "the care council says that" not in seen(client, young, survey, before="1", after="2")


def test_another_area_sees_none_of_it(client, survey):
    freeze_as(survey, 1, FIRST)
    at_desk(client, staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there")))
    assert client.get(reverse("desk:editions", args=[survey.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SAFEGUARDING_LEAD, Role.BOARD_ANALYST, Role.ADMINISTRATOR])
def test_nor_do_roles_that_do_not_design(client, area, survey, role):
    at_desk(client, staff("somebody", role, area=area))
    assert client.get(reverse("desk:editions", args=[survey.pk])).status_code in (302, 403)
