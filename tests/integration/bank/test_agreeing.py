"""A care council and a second adult agree on the words of a question before they are asked."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry

from feedback.accounts.roles import PERMISSIONS, Role
from surveys.bank import actions
from surveys.bank.models import QuestionPage, Scale
from surveys.bank.policies import NotAllowed
from surveys.design.actions import freeze, submit
from surveys.design.policies import check_bank_lets_ask
from tests.factories import asking, banking, designing
from tests.factories.banking import again, words
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
Status = QuestionPage.Status


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def people(area):
    return banking.people(area)


@pytest.fixture
def question(people):
    return banking.drafted(people[0])


def said(page, audience="AGE_8_11"):
    return again(page).wordings.get(audience=audience).text


def test_three_people_agree_on_the_words(question, people):
    author, young, officer = people
    actions.submit(question, by=author)
    assert again(question).status == Status.IN_APPROVAL
    actions.approve(again(question), by=young)
    assert (again(question).status, again(question).approved_by) == (Status.IN_APPROVAL, young)
    actions.confirm(again(question), by=officer)
    assert again(question).status == Status.APPROVED
    assert again(question).approved_on is not None
    done = PageLogEntry.objects.filter(page=question.pk, action__startswith="bank.").order_by("pk")
    assert [(entry.action, entry.user) for entry in done] == [
        ("bank.submit", author), ("bank.approve", young), ("bank.confirm", officer)
    ]  # fmt: skip


def test_nobody_decides_on_what_they_wrote_or_submitted_or_twice(question, people):
    author, young, officer = people
    actions.submit(question, by=officer)
    with pytest.raises(NotAllowed, match="You wrote these words"):
        actions.approve(question, by=author)
    staff("young", Role.PARTICIPATION_OFFICER)
    actions.approve(question, by=young)
    for person, why in ((officer, "You submitted"), (young, "You approved")):
        with pytest.raises(NotAllowed, match=why):
            actions.confirm(question, by=person)
    actions.confirm(question, by=staff("second", Role.PARTICIPATION_OFFICER))
    assert again(question).status == Status.APPROVED


def test_a_no_stands_until_the_words_change_and_can_be_answered(client, question, people):
    author, young, officer = people
    with pytest.raises(NotAllowed, match="nothing to answer"):
        actions.answer_refusal(question, reason="Because.", by=officer)
    actions.submit(question, by=author)
    with pytest.raises(NotAllowed, match="waits for a care council"):
        actions.send_back(question, reason="No.", by=officer)
    with pytest.raises(NotAllowed, match="Say in a sentence why"):
        actions.send_back(question, reason=" ", by=young)
    actions.send_back(question, reason="Nobody talks like this.", by=young)
    assert again(question).status == Status.DRAFT
    with pytest.raises(NotAllowed, match="refused these words"):
        actions.submit(question, by=author)
    actions.answer_refusal(question, reason="The law calls it so.", by=officer)
    with pytest.raises(NotAllowed, match="refused these words"):
        actions.submit(question, by=author)
    at_desk(client, author)
    assert words(client, question, {"AGE_8_11": "Do they listen to you?"}).status_code == 302
    actions.submit(again(question), by=author)
    assert again(question).status == Status.IN_APPROVAL


def test_what_a_second_adult_sends_back_begins_with_the_council_again(client, question, people):
    author, young, officer = people
    actions.submit(question, by=author)
    actions.approve(question, by=young)
    with pytest.raises(NotAllowed, match="waits for a second adult"):
        actions.send_back(question, reason="No.", by=young)
    actions.send_back(question, reason="Two ideas in one.", by=officer)
    at_desk(client, author)
    words(client, question, {"AGE_8_11": "Do they listen?"})
    actions.submit(again(question), by=author)
    with pytest.raises(NotAllowed, match="No care council"):
        actions.confirm(again(question), by=officer)


def test_approved_words_change_with_a_reason_and_are_asked_once_they_are_agreed_on(client, area, people):
    author, young, officer = people
    question = banking.approved(area)
    at_desk(client, author)
    reply = words(client, question, {"AGE_8_11": "Do they listen?"})
    assert "Say in a sentence why they change" in reply.content.decode()
    assert again(question).status == Status.APPROVED
    assert words(client, question, {"AGE_8_11": "Do they listen?"}, reason="Shorter.").status_code == 302
    assert (again(question).status, said(question)) == (Status.DRAFT, "Question listened?")
    change = PageLogEntry.objects.get(action="bank.change_wording")
    assert change.data["reason"] == "Shorter."
    assert change.data["changed"] == {"AGE_8_11": ["Question listened?", "Do they listen?"]}
    for act, person in ((actions.submit, author), (actions.approve, young), (actions.confirm, officer)):
        act(again(question), by=person)
    assert (again(question).status, said(question)) == (Status.APPROVED, "Do they listen?")


def test_changing_what_is_not_words_needs_no_reason_and_leaves_it_approved(client, area, people):
    question = banking.approved(area)
    at_desk(client, people[2])
    same = {"AGE_8_11": "Question listened?"}
    assert words(client, question, same, purpose="To know.", button="action-publish").status_code == 302
    assert (again(question).status, again(question).purpose) == (Status.APPROVED, "To know.")


def test_nobody_publishes_other_words_in_the_place_of_approved_ones(client, area, people):
    question = banking.approved(area)
    at_desk(client, people[2])
    page = words(client, question, {"AGE_8_11": "Mine."}, reason="I know better.", button="action-publish")
    assert "they are asked once a care council approved them" in page.content.decode()
    words(client, question, {"AGE_8_11": "Mine."}, reason="I know better.")
    with pytest.raises(NotAllowed, match="A care council approved the words"):
        again(question).get_latest_revision().publish(user=people[2])
    assert said(question) == "Question listened?"


def test_a_draft_is_published_by_an_officer_unless_a_council_refused_it(client, question, people):
    author, young, officer = people
    actions.submit(question, by=author)
    actions.send_back(question, reason="No.", by=young)
    at_desk(client, officer)
    page = words(client, question, {"AGE_8_11": "Question listened?"}, button="action-publish")
    assert "refused these words" in page.content.decode()
    assert words(client, question, {"AGE_8_11": "Do they listen?"}, button="action-publish").status_code == 302
    assert (said(question), again(question).status) == ("Do they listen?", Status.DRAFT)


@pytest.mark.parametrize("step", ["submit", "approve", "retire"])
def test_nobody_edits_what_is_decided_on_or_retired_and_the_lock_says_why(client, question, people, step):
    author, young, officer = people
    if step == "retire":
        actions.retire(question, reason="Nobody needs it.", by=officer)
    else:
        actions.submit(question, by=author)
    if step == "approve":
        actions.approve(question, by=young)
    at_desk(client, author)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[question.pk])).content.decode()
    why = {"submit": "waits for a care council", "approve": "confirms it now", "retire": "This question is retired"}
    assert why[step] in page
    words(client, question, {"AGE_8_11": "Changed behind their backs."})
    assert again(question).get_latest_revision_as_object().wordings.get().text == "Question listened?"


def test_an_old_draft_brings_no_state_back(client, area, people):
    author, _, officer = people
    question = banking.approved(area)
    at_desk(client, author)
    words(client, question, {"AGE_8_11": "Changed."}, reason="To try.")
    actions.retire(again(question), reason="Asked twice.", by=officer)
    draft = again(question).get_latest_revision_as_object()
    assert (draft.status, draft.retired_because) == (Status.RETIRED, "Asked twice.")
    actions.take_up(again(question), by=author)
    assert (again(question).status, again(question).retired_because) == (Status.DRAFT, "")


def test_a_retired_question_is_not_submitted_nor_frozen_in_a_survey(area, people):
    question = banking.approved(area)
    survey = designing.draft(area)
    author, young, second = designing.designers(area)
    actions.retire(question, reason="Children laughed at it.", by=people[2])
    with pytest.raises(NotAllowed, match="listened is retired and cannot be asked any more: Children laughed at it"):
        submit(designing.again(survey), by=author)
    actions.take_up(again(question), by=people[2])
    submit(designing.again(survey), by=author)
    actions.retire(again(question), reason="Again.", by=people[2])
    waiting = designing.again(survey)
    type(waiting).objects.filter(pk=waiting.pk).update(approved_by=young)
    with pytest.raises(NotAllowed, match="retired"):
        freeze(designing.again(survey), by=second)


def test_a_scale_is_asked_as_a_whole_in_its_order_or_not_at_all(area, people):
    officer = people[2]
    one, two, other = (designing.question(code) for code in ("one", "two", "other"))
    fields = {"name": "Two of a kind", "licence": "CC BY 4.0", "source": "Ours.", "asked_singly": False}
    scale = actions.save_scale(None, codes=["one", "two"], by=officer, **fields)
    for asked, is_whole in (([one, two], True), ([other, one, two], True), ([other], True), ([one], False),
                            ([two, one], False), ([one, other, two], False)):  # fmt: skip
        survey = asking.survey(of=area, screens=[("question", {"question": q, "show_if": []}) for q in asked])
        if is_whole:
            check_bank_lets_ask(survey)
        else:
            with pytest.raises(NotAllowed, match="Two of a kind are asked together, one after another: one, two"):
                check_bank_lets_ask(survey)
    actions.save_scale(scale, codes=["two", "one"], by=officer, **{**fields, "asked_singly": True})
    check_bank_lets_ask(survey)
    assert Scale.objects.get().codes() == ["two", "one"]
    for codes, why in ((["one"], "two questions or more"), (["one", "one"], "once"), (["one", "gone"], "gone")):
        with pytest.raises(NotAllowed, match=why):
            actions.save_scale(scale, codes=codes, by=officer, **fields)
    with pytest.raises(PermissionDenied):
        actions.save_scale(None, codes=["one", "two"], by=people[0], **fields)


STEPS = {
    "submit": "bank.submit", "approve": "bank.approve", "confirm": "bank.confirm", "take_back": "bank.submit",
    "retire": "bank.retire", "take_up": "bank.submit", "answer_refusal": "bank.confirm",
}  # fmt: skip
REASONED = {"retire", "answer_refusal"}


@pytest.mark.parametrize("role", list(Role))
def test_no_role_takes_a_step_that_the_table_does_not_give_it(question, role):
    person = staff("somebody", role, area=asking.area("there"))
    for step, permission in STEPS.items():
        if permission not in PERMISSIONS[role]:
            reason = {"reason": "x"} if step in REASONED else {}
            with pytest.raises(PermissionDenied):
                getattr(actions, step)(question, by=person, **reason)
    assert again(question).status == Status.DRAFT


def test_the_care_council_of_any_area_decides_because_all_share_the_bank(question, people):
    actions.submit(question, by=people[0])
    actions.approve(question, by=staff("far", Role.CARE_COUNCIL_MEMBER, area=asking.area("there")))
    assert again(question).approved_by is not None


def test_a_translation_has_no_state_of_its_own(question, people):
    from wagtail.models import Locale

    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    translated = question.copy_for_translation(welsh, copy_parents=True)
    with pytest.raises(NotAllowed, match="This is a translation"):
        actions.submit(translated, by=people[0])


def test_a_translation_is_to_be_checked_again_once_other_words_are_confirmed(client, area, people):
    from wagtail.models import Locale

    author, young, officer = people
    question = banking.approved(area)
    welsh = Locale.objects.get_or_create(language_code="cy")[0]
    translated = question.copy_for_translation(welsh, copy_parents=True)
    at_desk(client, author)
    for text, is_checked in (("Question listened?", True), ("Do they listen?", False)):
        words(client, question, {"AGE_8_11": text}, reason="Shorter.")
        QuestionPage.objects.filter(pk=question.pk).update(status="draft")
        for act, person in ((actions.submit, author), (actions.approve, young), (actions.confirm, officer)):
            act(again(question), by=person)
        assert again(translated).is_checked is is_checked


def test_a_question_without_words_is_not_submitted(question, people):
    question.wordings.all().delete()
    with pytest.raises(NotAllowed, match="no wording yet"):
        actions.submit(again(question), by=people[0])
