"""A promise is chosen in a draft, added to in the CMS, and frozen with the edition."""

from datetime import date

import pytest

from cms.desk.advice import about
from feedback.accounts.roles import Role
from surveys.design.actions import approve, freeze, submit
from surveys.design.composition import compose
from surveys.design.models import ImmutableRecord
from surveys.design.translating import Translation
from surveys.design.translation_actions import translate
from surveys.design.translation_rules import Said, mark
from surveys.fieldwork.actions import plan_wave
from surveys.frame.policies import NotAllowed
from surveys.instrument.promises import IF_NOT_SAFE, MY_PERSON, NOBODY_KNOWS, TERMS
from tests.factories import asking
from tests.factories.designing import again, designers, draft, edits
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
ADDED = "Your worker has a list of the cards."


@pytest.fixture
def area():
    return asking.area()


def frozen(survey, area):
    author, council, second = designers(area)
    submit(survey, by=author)
    approve(survey, by=council)
    return freeze(survey, by=second)


def test_the_promise_its_terms_and_what_is_added_are_frozen(area):
    edition = frozen(draft(area, promise=IF_NOT_SAFE, promise_words=ADDED), area)
    assert (edition.document["promise"], edition.document["terms"]) == (IF_NOT_SAFE, TERMS)
    assert edition.document["promise_added"] == {"en": ADDED}
    edition.document["promise"] = NOBODY_KNOWS
    with pytest.raises(ImmutableRecord):
        edition.save()


def test_what_changes_in_the_cms_afterwards_changes_nothing_that_was_promised(client, area):
    survey = draft(area, promise=IF_NOT_SAFE, promise_words=ADDED)
    edition = frozen(survey, area)
    officer = staff("planner", Role.PARTICIPATION_OFFICER, area=area)
    wave = plan_wave(edition, code="kept", name="Kept", area=area, by=officer)
    type(survey).objects.filter(pk=survey.pk).update(promise=NOBODY_KNOWS, promise_words="")
    area.needs_card = False
    area.save()
    wave.refresh_from_db()
    wave.status, wave.opened_on = "open", date(2026, 1, 1)
    wave.save()
    page = client.get("/a/kept/").content.decode()
    assert "Only if you are not safe" in page
    assert ADDED in page


def test_an_edition_under_nobody_knows_is_written_as_before_there_was_a_table(area):
    document = frozen(draft(area), area).document
    assert "terms" not in document
    assert "promise_added" not in document


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"promise": MY_PERSON}, "Choose another promise"),
        ({"promise": IF_NOT_SAFE, "kind": "conversation"}, "Choose another promise"),
        ({"promise_words": "This is confidential."}, "says more about the promise"),
        ({"promise_words": "x" * 201}, "At most"),
    ],
)
def test_what_cannot_be_kept_is_not_frozen(area, fields, why):
    with pytest.raises(NotAllowed, match=why):
        frozen(draft(area, **fields), area)


@pytest.mark.parametrize("added", ["We will never tell.", "x" * 10_000, "It stays between us."])
def test_the_editor_says_beside_the_field_what_would_be_refused(client, area, added):
    survey = draft(area)
    at_desk(client, staff("author", Role.PARTICIPATION_OFFICER, area=area))
    reply = edits(client, survey, promise_words=added)
    assert reply.status_code == 200
    assert "promise" in str(reply.context["form"].errors["promise_words"])
    assert again(survey).get_latest_revision_as_object().promise_words == ""


def test_saving_says_what_freezing_would_refuse(area):
    refused, _ = about(draft(area, promise=MY_PERSON))
    assert any("not a promise that can be kept" in sentence for sentence in refused)


def test_a_conversation_in_which_a_child_chooses_who_hears_is_frozen_with_its_terms(client, area):
    survey = draft(area, promise=MY_PERSON, kind="conversation")
    at_desk(client, staff("author", Role.PARTICIPATION_OFFICER, area=area))
    page = client.get(f"/desk/work/surveys/{survey.pk}/preview/phone/en/").content.decode()
    assert "Who may hear this?" in page
    assert "My advocate" in page
    edition = frozen(survey, area)
    assert (edition.document["promise"], edition.document["terms"]) == (MY_PERSON, TERMS)


def test_words_that_only_add_are_kept_and_shown_below_ours_in_the_preview(client, area):
    survey = draft(area, promise=IF_NOT_SAFE)
    at_desk(client, staff("author", Role.PARTICIPATION_OFFICER, area=area))
    assert edits(client, survey, promise_words=ADDED).status_code == 302
    page = client.get(f"/desk/work/surveys/{survey.pk}/preview/phone/en/").content.decode()
    floor, added = page.find("Then we ask your worker whose card it is"), page.find(ADDED)
    assert 0 < floor < added


def test_a_copy_of_the_english_is_no_translation(area):
    survey = draft(area, promise=IF_NOT_SAFE, promise_words=ADDED)
    assert compose(survey).promise_added == {"en": ADDED}


def test_added_words_are_translated_like_any_other_and_frozen_with_the_edition(area):
    survey = draft(area, promise=IF_NOT_SAFE, promise_words=ADDED)
    officer = staff("translator", Role.PARTICIPATION_OFFICER)
    offered = Translation(survey, "pl").texts
    assert offered["survey:promise"].english == ADDED
    said = {
        key: Said(f"Po polsku {number}", mark(text.english), mark(""))
        for number, (key, text) in enumerate(offered.items())
    }
    translate(survey, "pl", said, by=officer)
    document = frozen(again(survey), area).document
    assert document["promise_added"] == {"en": ADDED, "pl": said["survey:promise"].words}


def test_what_is_not_added_is_not_asked_to_be_translated(area):
    assert "survey:promise" not in Translation(draft(area), "pl").texts
