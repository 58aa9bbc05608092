"""A child's question is marked, let out by a second person, answered by two, and gone everywhere once recalled."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.comments import Comment, CommentLink
from feedback.anonymisation.erasing import erase_area
from feedback.anonymisation.moderation_actions import take_back_decision
from feedback.anonymisation.quotable import mark_of
from feedback.promises import question_actions as actions
from feedback.promises.models import ChildQuestion, QuestionAnswer
from feedback.promises.question_policies import Draft, names_in, somebody_answers
from feedback.promises.question_reading import comments_to_ask, questions_of, questions_waiting
from feedback.promises.undoing import recall_those, recalled_questions
from feedback.releases.models import Release
from feedback.releases.quote_actions import choose_quote, recall_quote
from feedback.releases.quotes import Quote
from feedback.safeguarding.actions import pass_on
from surveys.frame.policies import NotAllowed
from surveys.responses.actions import withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.asking_back import ANSWER, ASKED, answered, asked, let_out, marked, officer, young
from tests.factories.listening import analyst
from tests.factories.moderating import moderator
from tests.factories.people import staff
from tests.factories.quoting import usable, wave_of

pytestmark = pytest.mark.django_db


def read(area, **given):
    return [(one.asked.text, one.answer.text) for one in questions_of(area, **given)]


def test_it_is_marked_let_out_answered_and_read():
    question = marked()
    area = question.area
    assert read(area) == []
    actions.let_question_out(question, by=officer(area))
    assert read(area) == [(ASKED, "")]
    answered(question)
    assert read(area) == [(ASKED, ANSWER)]
    assert question.status == "answered"
    said = " ".join(str(entry.data) + entry.label for entry in ModelLogEntry.objects.all())
    assert ASKED not in said
    assert ANSWER not in said


def test_of_a_quarter_that_is_open_nothing_can_be_marked():
    comment = asked(closes=False)
    assert comments_to_ask(comment.area) == []
    with pytest.raises(NotAllowed, match="not offered any more"):
        marked(comment)


def test_what_has_a_question_mark_is_offered_first_and_what_was_marked_never_again():
    wave = wave_of()
    usable(wave, "my worker is nice")
    comment = asked(wave)
    offered = comments_to_ask(wave.area)
    assert [one.words for one in offered] == [ASKED, "my worker is nice"]
    assert [one.words for one in comments_to_ask(wave.area, words="NICE")] == ["my worker is nice"]
    marked(comment)
    assert [one.words for one in comments_to_ask(wave.area)] == ["my worker is nice"]
    with pytest.raises(NotAllowed, match="already"):
        marked(comment)


def test_no_row_leads_to_the_comment_or_the_child():
    comment = asked()
    question = marked(comment)
    row = ChildQuestion.objects.filter(pk=question.pk).values().get()
    keys = {str(comment.pk), str(CommentLink.objects.get(comment=comment).response_key), comment.item}
    assert not keys & {str(value) for value in row.values()}
    assert ASKED not in str(row)


def test_each_step_takes_another_person():
    question = marked()
    area = question.area
    both = staff("mod", Role.PARTICIPATION_OFFICER, area=area)
    with pytest.raises(NotAllowed, match="You marked this question"):
        actions.let_question_out(question, by=both)
    actions.let_question_out(question, by=officer(area))
    answer = actions.write_answer(question, Draft("en", ANSWER), by=officer(area))
    with pytest.raises(NotAllowed, match="You wrote this answer"):
        actions.approve_answer(answer, by=officer(area))
    actions.approve_answer(answer, by=officer(area, "second"))


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SAFEGUARDING_LEAD, Role.INSPECTOR, Role.ADMINISTRATOR])
def test_others_can_do_nothing(role):
    question = let_out()
    answer = actions.write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    other = staff("other", role, area=question.area)
    elsewhere = officer(asking.area("south"), "far")
    for by in (other, elsewhere):
        for act in (
            lambda by: actions.mark_question(question.area, "x", by=by),
            lambda by: actions.let_question_out(question, by=by),
            lambda by: actions.write_answer(question, Draft("pl", "a", "b"), by=by),
            lambda by: actions.approve_answer(answer, by=by),
            lambda by: actions.send_answer_back(answer, "x", by=by),
            lambda by: actions.recall_question(question, because="wrong", by=by),
            lambda by: actions.unmark_question(question, by=by),
            lambda by: actions.look_for_questions(question.area, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(by)


def test_a_moderator_does_not_answer_and_an_officer_does_not_look_among_comments():
    question = let_out()
    with pytest.raises(PermissionDenied):
        actions.write_answer(question, Draft("en", ANSWER), by=moderator(question.area, "mod"))
    with pytest.raises(PermissionDenied):
        actions.look_for_questions(question.area, by=officer(question.area))


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("en", "  \x00 "), "The answer is empty"),
        (Draft("en", "a" * 601), "At most 600 fit"),
        (Draft("xx", "Hello."), "no such language"),
        (Draft("pl", "Dobrze."), "The question in Polski is empty"),
        (Draft("pl", "Dobrze.", "a" * 301), "At most 300"),
        (Draft("en", "This is anonymised."), "stands on a page only where"),
        (Draft("en", "You said “my mum is never at home now”."), "is in no published release"),
    ],
)
def test_what_no_child_should_read_is_refused_with_a_sentence(draft, said):
    question = let_out()
    with pytest.raises(ValidationError, match=said):
        actions.write_answer(question, draft, by=officer(question.area))
    assert not QuestionAnswer.objects.exists()


def test_an_answer_may_say_the_question_again_and_loses_what_no_screen_shows():
    question = let_out()
    answer = actions.write_answer(question, Draft("en", f"“{ASKED}”\x00 Yes."), by=officer(question.area))
    assert answer.text == f"“{ASKED}” Yes."


def test_a_megabyte_is_refused():
    question = let_out()
    with pytest.raises(ValidationError, match="letters"):
        actions.write_answer(question, Draft("en", "a" * 1_000_000), by=officer(question.area))


def test_a_name_in_an_answer_is_pointed_at():
    assert names_in("Ask Kelly about it.") == ("Kelly",)
    assert names_in("Ask your worker.") == ()


def test_an_answer_that_is_sent_back_waits_again():
    question = answered()
    answer = question.replies.get()
    with pytest.raises(ValidationError, match="The reason is empty"):
        actions.send_answer_back(answer, " ", by=young(question.area))
    actions.send_answer_back(answer, "It is not true any more.", by=young(question.area))
    question.refresh_from_db()
    assert question.status == "waiting"
    assert read(question.area) == [(ASKED, "")]
    with pytest.raises(NotAllowed):
        actions.approve_answer(answer, by=young(question.area))


def test_each_language_is_read_in_its_own_words_and_others_in_english():
    question = answered()
    answered(question, "Niektórzy zmieniają pracę.", language="pl", in_words="Dlaczego zmieniają się pracownicy?")
    area = question.area
    assert read(area, language="pl") == [("Dlaczego zmieniają się pracownicy?", "Niektórzy zmieniają pracę.")]
    assert read(area, language="ur") == [(ASKED, ANSWER)]


def test_an_answer_waits_for_one_decision_in_each_language():
    question = let_out()
    actions.write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    with pytest.raises(NotAllowed, match="waits for a second person already"):
        actions.write_answer(question, Draft("en", "Another."), by=officer(question.area))


def test_before_it_is_let_out_nothing_is_answered_and_it_can_be_unmarked():
    question = marked()
    with pytest.raises(NotAllowed, match="lets this question out first"):
        actions.write_answer(question, Draft("en", ANSWER), by=officer(question.area))
    actions.unmark_question(question, by=officer(question.area))
    assert [one.words for one in comments_to_ask(question.area)] == [ASKED]
    public = let_out(Comment.objects.get(text__isnull=False, status="moderated"))
    with pytest.raises(NotAllowed, match="Recall it instead"):
        actions.unmark_question(public, by=officer(public.area))


def test_the_longest_waits_first_after_what_is_answered():
    wave = wave_of()
    texts = ("why is it late?", "who decides?", "can i stay?")
    comments = [usable(wave, text) for text in texts]
    asked(wave, "what is a plan?")
    for comment, days in zip(comments, (3, 40, 0), strict=True):
        let_out(comment, days=days)
    answered(ChildQuestion.objects.get(mark=mark_of(comments[2].pk)))
    found = questions_of(wave.area)
    assert [one.asked.text for one in found] == ["can i stay?", "who decides?", "why is it late?"]
    assert [one.is_overdue for one in found] == [False, True, False]
    assert [one.days_waited for one in found[1:]] == [40, 3]


def test_what_waits_for_whom():
    wave = wave_of()
    second = usable(wave, "who decides?")
    first = asked(wave)
    let_out(first, days=29)
    marked(second)
    area = wave.area
    found = questions_waiting(officer(area))
    assert (found.to_let_out, found.to_answer, found.overdue, found.to_approve) == (1, 1, 1, 0)
    question = ChildQuestion.objects.get(status="waiting")
    actions.write_answer(question, Draft("en", ANSWER), by=officer(area))
    assert questions_waiting(officer(area)).to_approve == 0
    assert questions_waiting(officer(area)).to_answer == 0
    assert questions_waiting(young(area)).to_approve == 1


def test_where_nobody_may_answer_that_is_known():
    area = asking.area("south")
    assert not somebody_answers(area)
    officer(area)
    assert somebody_answers(area)


def gone(question):
    question.refresh_from_db()
    return (
        question.status == "recalled"
        and not question.words
        and not any((one.text or one.asked or one.reason) for one in question.replies.all())
    )


def test_recalled_by_a_person_it_is_gone_with_its_answer_and_its_quote():
    question = answered()
    made = Release.objects.get(status="draft")
    # A quote of the same words.
    quote = Quote(release=made, words=ASKED, mark=question.mark, language="en", chosen_by=analyst())
    quote.chosen_on = timezone.localdate()
    quote.save()
    with pytest.raises(NotAllowed, match="Say why"):
        actions.recall_question(question, because="taken_back", by=officer(question.area))
    actions.recall_question(question, because="recognised", by=officer(question.area))
    assert gone(question)
    assert read(question.area) == []
    quote.refresh_from_db()
    assert (quote.status, quote.words) == ("recalled", "")
    assert comments_to_ask(question.area) == []
    with pytest.raises(NotAllowed):
        actions.recall_question(question, because="wrong", by=officer(question.area))


def test_taken_back_by_the_child_it_is_not_shown_from_that_moment_and_gone_with_the_sweep():
    comment = asked()
    question = answered(let_out(comment))
    response = Response.objects.get(pk=CommentLink.objects.get(comment=comment).response_key)
    assert withdraw(receipt_of(response.pk), wave=response.wave)
    assert read(question.area) == []
    sweep()
    assert gone(question)
    assert (question.mark, question.because) == (None, "taken_back")


def test_a_worry_hides_it_at_once_and_the_sweep_recalls_it():
    comment = asked()
    question = answered(let_out(comment))
    pass_on(CommentLink.objects.get(comment=comment).response_key, by=moderator(question.area, "mod"))
    assert read(question.area) == []
    with pytest.raises(NotAllowed, match="not there any more"):
        actions.write_answer(question, Draft("en", "More."), by=officer(question.area))
    sweep()
    assert gone(question)


def test_decided_anew_it_is_recalled():
    comment = asked()
    question = let_out(comment)
    take_back_decision(comment, by=moderator(question.area, "mod"))
    assert gone(question)
    assert question.because == "decided_anew"


def test_where_its_quote_is_recalled_it_goes_too():
    comment = asked()
    made = Release.objects.get(status="draft")
    quote = choose_quote(made, mark=mark_of(comment.pk), by=analyst())
    question = let_out(comment)
    recall_quote(quote, because="wrong", by=analyst())
    assert read(question.area) == []
    sweep()
    assert gone(question)


def test_what_a_backup_brings_back_is_recalled_again():
    question = answered()
    actions.recall_question(question, because="wrong", by=officer(question.area))
    listed = list(recalled_questions())
    assert listed == [f"{question.pk} wrong"]
    ChildQuestion.objects.filter(pk=question.pk).update(status="answered", because="", recalled_by=None)
    assert recall_those(listed) == 1
    assert gone(question)
    assert recall_those(listed) == 0


def test_with_a_fictional_area_it_is_erased():
    question = answered()
    question.area.is_fictional = True
    question.area.save()
    erase_area(question.area)
    assert not ChildQuestion.objects.exists()
    assert not QuestionAnswer.objects.exists()


def test_days_are_counted_from_when_it_was_let_out():
    question = let_out(days=5)
    (one,) = questions_of(question.area, today=timezone.localdate() + timedelta(days=1))
    assert one.days_waited == 6
