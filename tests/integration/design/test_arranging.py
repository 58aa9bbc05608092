"""The screens of a draft are put in order and routed by choosing, each change once, and never into something broken."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from feedback.accounts.roles import Role
from surveys.bank.models import Option, QuestionBankPage, QuestionPage, Wording
from surveys.design.actions import approve, submit
from surveys.design.arranging import (
    MOST_SCREENS,
    AddInformation,
    AddQuestion,
    AskOnlyAfter,
    Move,
    Order,
    Promise,
    Reword,
    TakeOut,
    screens_of,
)
from surveys.design.arranging_actions import arrange
from surveys.design.composition import compose
from surveys.design.models import SurveyPage
from surveys.frame.policies import NotAllowed
from surveys.instrument.routing import Rule
from tests.factories import asking
from tests.factories.designing import again, designers, draft_of, question
from tests.factories.people import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("here")


@pytest.fixture
def survey(area):
    return draft_of(area, "first", "second", "third")


@pytest.fixture
def officer(area):
    return staff("officer", Role.PARTICIPATION_OFFICER, area=area)


def latest(survey):
    return again(survey).get_latest_revision_as_object()


def ids(survey):
    return [screen["id"] for screen in screens_of(latest(survey))]


def codes(survey):
    return [item.code for item in compose(latest(survey), with_drafts=True).items]


def do(survey, change, by):
    arrange(survey, change, made_on=again(survey).latest_revision_id or 0, by=by)


def test_a_screen_is_moved_and_keeps_its_id_and_what_respondents_were_asked_stays(survey, officer):
    before = ids(survey)
    do(survey, Move(before[2], -1), officer)
    do(survey, Move(before[0], -1), officer)
    assert codes(survey) == ["first", "third", "second"]
    assert ids(survey) == [before[0], before[2], before[1]]
    assert [item.code for item in compose(again(survey)).items] == ["first", "second", "third"]
    entry = PageLogEntry.objects.filter(page=survey.pk, action="design.arrange").latest("timestamp")
    assert (entry.user, entry.data["what"], entry.revision) == (
        officer,
        "moved a screen",
        latest(survey).latest_revision,
    )


def test_screens_are_dragged_into_another_order(survey, officer):
    before = ids(survey)
    do(survey, Order((before[2], before[0], before[1])), officer)
    assert codes(survey) == ["third", "first", "second"]
    for wrong in ((), tuple(before[:2]), (*before, before[0]), (before[0], before[0], before[1]), ("x",) * 3):
        with pytest.raises(NotAllowed, match="not the screens"):
            do(survey, Order(wrong), officer)


def test_a_question_is_added_once_and_only_with_words_for_the_audience(survey, officer):
    do(survey, AddQuestion(question("fourth")), officer)
    assert codes(survey)[-1] == "fourth"
    with pytest.raises(NotAllowed, match="asked already"):
        do(survey, AddQuestion(QuestionPage.objects.get(code="fourth")), officer)
    with pytest.raises(NotAllowed, match="no words for this audience"):
        do(survey, AddQuestion(question("elders", audience="AGE_12_17")), officer)


def test_information_is_told_reworded_and_taken_out(survey, officer):
    do(survey, AddInformation("Now something else."), officer)
    do(survey, AddInformation("And again."), officer)
    told = ids(survey)[3]
    do(survey, Reword(told, "Now this."), officer)
    assert codes(survey)[3:] == ["told_1", "told_2"]
    assert compose(latest(survey)).items[3].texts == {"en": "Now this."}
    do(survey, TakeOut(told), officer)
    do(survey, AddInformation("Once more."), officer)
    assert codes(survey)[3:] == ["told_2", "told_1"]
    for wrong, said in ((" \n", "Write what"), ("x" * 2001, "too long")):
        with pytest.raises(NotAllowed, match=said):
            do(survey, AddInformation(wrong), officer)
    with pytest.raises(NotAllowed, match="in the bank"):
        do(survey, Reword(ids(survey)[0], "Mine"), officer)


def test_a_route_is_chosen_from_what_earlier_questions_offer(survey, officer):
    first, _, third = ids(survey)
    do(survey, AskOnlyAfter(third, first, ("no", "do_not_know")), officer)
    assert compose(latest(survey)).item("third").rule == Rule("first", frozenset({"no", "do_not_know"}))
    do(survey, AskOnlyAfter(third), officer)
    assert compose(latest(survey)).item("third").rule is None
    for change, said in (
        (AskOnlyAfter(first, third, ("no",)), "asked before"),
        (AskOnlyAfter(first, first, ("no",)), "asked before"),
        (AskOnlyAfter(third, first, ()), "at least one"),
        (AskOnlyAfter(third, first, ("no", "maybe")), "at least one"),
        (AskOnlyAfter(third, "\0", ("no",)), "asked before"),
        (AskOnlyAfter("nowhere", first, ("no",)), "not in the survey any more"),
    ):
        with pytest.raises(NotAllowed, match=said):
            do(survey, change, officer)


def test_of_several_answers_one_leads_on_and_what_is_told_leads_nowhere(survey, officer):
    page = QuestionPage(title="Who?", code="who", slug="who", kind="multi")
    page.wordings = [Wording(audience="AGE_8_11", text="Who?")]
    page.options = [Option(code=code, label=code) for code in ("mum", "dad")]
    QuestionBankPage.objects.get().add_child(instance=page)
    for change in (AddQuestion(page), AddInformation("Told."), AddQuestion(question("last"))):
        do(survey, change, officer)
    who, told, last = ids(survey)[3:]
    for chosen, said in ((("mum", "dad"), "one answer only"), (("do_not_know",), "at least one")):
        with pytest.raises(NotAllowed, match=said):
            do(survey, AskOnlyAfter(last, who, chosen), officer)
    for wrong in (AskOnlyAfter(last, told, ("mum",)), AskOnlyAfter(told, who, ("mum",))):
        with pytest.raises(NotAllowed):
            do(survey, wrong, officer)
    do(survey, AskOnlyAfter(last, who, ("mum",)), officer)
    assert compose(latest(survey)).item("last").rule == Rule("who", frozenset({"mum"}))


def test_what_would_break_a_route_is_refused_with_a_sentence(survey, officer):
    first, second, third = ids(survey)
    do(survey, AskOnlyAfter(third, second, ("no",)), officer)
    for change in (Move(third, -1), Move(third, -9), Move(second, 1), TakeOut(second), Order((third, first, second))):
        with pytest.raises(NotAllowed, match="third is asked only after certain answers to second"):
            do(survey, change, officer)
    do(survey, Move(second, -1), officer)
    do(survey, TakeOut(third), officer)
    do(survey, TakeOut(second), officer)
    assert codes(survey) == ["first"]


def test_what_was_broken_before_is_not_held_against_other_changes(survey, officer):
    """A survey may come from a file, or from an editor of old, with a route that leads nowhere."""
    screens = screens_of(survey)
    screens[0]["value"]["show_if"] = [{"question": "gone", "options": ["no"]}]
    survey.screens = survey._meta.get_field("screens").to_python(screens)
    survey.save()
    do(survey, Move(ids(survey)[2], -1), officer)
    do(survey, TakeOut(ids(survey)[0]), officer)
    assert codes(survey) == ["third", "second"]


def test_who_changed_it_meanwhile_is_not_overwritten(survey, officer, area):
    other = staff("other", Role.CARE_COUNCIL_MEMBER, area=area)
    seen = again(survey).latest_revision_id or 0
    arrange(again(survey), Move(ids(survey)[0], 1), made_on=seen, by=other)
    for change in (Move(ids(survey)[0], 1), TakeOut(ids(survey)[0]), AddInformation("Twice.")):
        with pytest.raises(NotAllowed, match="Somebody changed this survey"):
            arrange(again(survey), change, made_on=seen, by=officer)
    assert codes(survey) == ["second", "first", "third"]
    assert latest(survey).latest_revision.user == other


def test_nobody_changes_what_is_decided_on_or_frozen_or_locked_or_elsewhere(survey, area):
    author, young, second = designers(area)
    change = Move(ids(survey)[0], 1)
    for stranger in (
        staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("there")),
        staff("p", Role.PRACTITIONER),
    ):
        with pytest.raises(PermissionDenied):
            do(survey, change, stranger)
    SurveyPage.objects.filter(pk=survey.pk).update(locked=True, locked_by=young)
    with pytest.raises(NotAllowed, match="locked"):
        do(survey, change, author)
    SurveyPage.objects.filter(pk=survey.pk).update(locked=False, locked_by=None)
    submit(again(survey), by=author)
    with pytest.raises(NotAllowed, match="being decided on"):
        do(survey, change, young)
    SurveyPage.objects.filter(pk=survey.pk).update(status="frozen")
    with pytest.raises(NotAllowed, match="frozen"):
        do(survey, change, second)


def test_whoever_arranged_it_does_not_decide_on_it(survey, area):
    author, young, _ = designers(area)
    do(survey, Move(ids(survey)[0], 1), young)
    submit(again(survey), by=author)
    with pytest.raises(NotAllowed, match="You edited this survey"):
        approve(again(survey), by=young)


def test_who_listens_is_said_on_the_workbench(survey, officer):
    do(survey, Promise("Alone.", "", "The director", None), officer)
    changed = latest(survey)
    assert (changed.space, changed.voice, changed.decision_maker, changed.report_back_on) == (
        "Alone.", "", "The director", None
    )  # fmt: skip


def test_a_survey_does_not_grow_without_end(survey, officer):
    stored = screens_of(survey)
    told = [{"type": "information", "value": {"code": f"t{n}", "text": "x"}, "id": str(n)} for n in range(MOST_SCREENS)]
    survey.screens = survey._meta.get_field("screens").to_python([*stored, *told][:MOST_SCREENS])
    survey.save()
    with pytest.raises(NotAllowed, match="at most"):
        do(survey, AddInformation("One more."), officer)


def test_a_question_that_was_never_published_is_tried_as_it_was_last_drafted(survey, officer):
    drafted = question("new")
    QuestionPage.objects.filter(pk=drafted.pk).update(live=False)
    drafted = QuestionPage.objects.get(pk=drafted.pk)
    drafted.wordings = [Wording(audience="AGE_8_11", text="Better words?")]
    drafted.save_revision()
    do(survey, AddQuestion(QuestionPage.objects.get(pk=drafted.pk)), officer)
    assert compose(latest(survey), with_drafts=True).item("new").texts == {"en": "Better words?"}
    assert compose(latest(survey)).item("new").texts == {"en": "Question new?"}
