"""Comments come from what is past safeguarding, hold no word before a decision, and go with what they are from."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import erase_area, erase_old_answers
from feedback.anonymisation.models import Comment, CommentLink, Moderation
from feedback.anonymisation.moderation import (
    Corrected,
    chosen_spans,
    corrected_for,
    how_many_wait,
    next_comment,
    pieces_of,
    places_of,
    waiting_for,
)
from feedback.anonymisation.moderation_actions import (
    decide_comment,
    pass_to_leads,
    prepare_comments,
    read_comment,
    take_back_decision,
)
from feedback.anonymisation.redaction import Span, redact
from feedback.anonymisation.rehearsing import read_what_came_last
from feedback.privacy.inventory import our_models
from feedback.safeguarding.actions import close_concern, finish_reading, read_concern, refer_concern
from feedback.safeguarding.models import Concern
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.items import Item, Kind
from surveys.instrument.wording import Audience
from surveys.responses.actions import withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.answering import WORRY, arrives
from tests.factories.moderating import comment, is_read, moderator, says
from tests.factories.people import staff

pytestmark = pytest.mark.django_db
WORDS = "my worker Kelly from hillcrest primary is nice"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def ann(wave):
    return moderator(wave.area, "ann")


def decides(of, by, decision="usable", **given):
    given = {"marked": marked(of), "label": "PERSON", **given}
    decide_comment(of, decision=decision, by=by, **given)
    of.refresh_from_db()
    return of


def marked(of):
    """What the page has ticked when it is opened."""
    link = CommentLink.objects.get(comment=of)
    text = Response.objects.get(pk=link.response_key).answers["words"]
    pieces, _ = pieces_of(text, [Span(*mark) for mark in of.marks])
    return {piece.number for piece in pieces if piece.label}


def test_a_comment_is_made_once_a_lead_has_read_it(wave):
    response = says(wave, WORDS)
    sweep()
    assert not Comment.objects.exists()
    is_read(response)
    sweep()
    sweep()
    made = Comment.objects.get()
    assert (made.status, made.text, made.item) == ("redacted", "", "words")
    assert "Kelly" not in str(made.marks)


def test_a_worry_keeps_words_from_moderators_until_it_is_closed(wave, ann):
    worrying = arrives(wave, WORRY)
    sweep()
    concern = Concern.objects.get()
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    read_concern(concern, by=lead)
    sweep()
    assert not Comment.objects.exists()
    close_concern(concern, reason="A line of a song.", by=lead)
    sweep()
    assert CommentLink.objects.get().response_key == worrying.pk
    assert waiting_for(ann).count() == 1


def test_what_was_referred_never_becomes_a_comment(wave):
    arrives(wave, WORRY)
    sweep()
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    read_concern(Concern.objects.get(), by=lead)
    refer_concern(Concern.objects.get(), reason="Harm.", place="Duty team", on=timezone.localdate(), by=lead)
    sweep()
    assert not Comment.objects.exists()


def test_conversations_and_what_others_chose_are_no_comments(wave):
    talked, youngest = (
        asking.open_wave(edition=asking.edition(of=wave.area, audience=audience, kind="conversation"), of=wave.area)
        for audience in (Audience.AGE_8_11, Audience.AGE_4_5)
    )
    stored = [says(wave, WORDS, helper="chose"), says(talked, WORDS), says(youngest, WORDS), says(wave, "do_not_know")]
    sweep()
    for response in stored:
        is_read(response)
    sweep()
    assert not Comment.objects.exists()


def test_the_original_stands_beside_and_the_look_is_logged(wave, ann):
    made = comment(wave, WORDS)
    shown = read_comment(made, by=ann)
    assert "".join(piece.before + piece.word for piece in shown.pieces) + shown.ending == WORDS
    assert shown.redacted == "my worker [name] from [school] is nice"
    entry = ModelLogEntry.objects.get(action="anonymisation.read_comment")
    assert entry.user == ann
    assert "Kelly" not in str(entry.data) + entry.label


def test_a_drawing_of_the_same_child_is_shown(ann):
    drawing = Item(code="picture", kind=Kind.DRAWING, texts={"en": "Draw?"})
    wave = asking.open_wave(asking.text_item("words"), drawing, of=ann.roles_held.get().area)
    says(wave, WORDS, picture={"strokes": "M1,1l2,2"})
    sweep()
    is_read(Response.objects.get())
    sweep()
    made = Comment.objects.get(is_drawing=False)
    assert read_comment(made, by=ann).drawings == ("M1,1l2,2",)


def test_of_a_usable_comment_the_redacted_words_are_kept_and_nothing_else(wave, ann):
    made = decides(comment(wave, WORDS), ann)
    assert (made.status, made.text, made.marks) == ("moderated", "my worker [name] from [school] is nice", [])
    kept = Moderation.objects.get()
    assert (kept.decision, kept.by, kept.reasons) == ("usable", ann, [])


def test_marks_are_added_and_removed(wave, ann):
    made = comment(wave, WORDS)
    here = marked(made)
    assert decides(made, ann, marked=here - {2} | {7}, label="OTHER").text.startswith("my worker Kelly from [school]")


def test_what_moderators_correct_is_counted_and_not_kept(wave, ann):
    decides(made := comment(wave, WORDS), ann, marked=marked(made) - {2} | {0, 7})
    decides(other := comment(wave, "all is well"), ann, "not_usable", marked=marked(other) | {0})
    assert corrected_for(ann) == Corrected(comments=1, added=2, put_back=1)
    assert corrected_for(moderator(asking.area("far"), "far")) == Corrected(0, 0, 0)
    take_back_decision(made, by=ann)
    assert corrected_for(ann) == Corrected(0, 0, 0)


def test_of_what_is_not_usable_no_word_is_kept(wave, ann):
    made = decides(comment(wave, WORDS), ann, "not_usable", reasons=["someone_else", "nonsense"])
    assert (made.text, made.marks) == ("", [])
    assert Moderation.objects.get().reasons == ["someone_else"]


def test_nobody_says_usable_where_a_classmate_would_know(wave, ann):
    made = comment(wave, WORDS)
    with pytest.raises(NotAllowed, match="answered yes"):
        decides(made, ann, reasons=["classmate"])
    assert Comment.objects.get().status == "redacted"


def test_another_language_needs_somebody_who_reads_it(wave, ann):
    made = comment(wave, "mój brat Kuba chce być z nami", language="pl")
    with pytest.raises(NotAllowed, match="read the language"):
        decides(made, ann)
    assert decides(made, ann, reads_the_language=True).status == "moderated"


def test_what_is_put_aside_keeps_its_marks_and_comes_after_the_others(wave, ann):
    first, second = comment(wave, WORDS), comment(wave, "all is well")
    put_aside = decides(first, ann, "change_more", marked=marked(first) | {0}, label="OTHER")
    assert [0, 2, "OTHER"] in put_aside.marks
    assert list(waiting_for(ann).order_by("passed").values_list("pk", flat=True)) == [second.pk, first.pk]


def test_a_second_opinion_is_another_persons(wave, ann):
    made = comment(wave, WORDS)
    with pytest.raises(NotAllowed, match="Nobody else"):
        decides(made, ann, "second_opinion")
    bob = moderator(wave.area, "bob")
    decides(made, ann, "second_opinion")
    assert (how_many_wait(ann).comments, how_many_wait(bob).comments) == (0, 1)
    with pytest.raises(NotAllowed, match="asked a colleague"):
        decides(made, ann)
    assert decides(made, bob).status == "moderated"


def test_the_second_of_two_decides_nothing(wave, ann):
    made = comment(wave, WORDS)
    also = Comment.objects.get(pk=made.pk)
    decides(made, ann)
    with pytest.raises(NotAllowed, match="in the meantime"):
        decide_comment(also, decision="not_usable", marked=set(), label="PERSON", by=moderator(wave.area, "bob"))
    assert Comment.objects.get().text
    assert Moderation.objects.count() == 1


def test_ones_own_last_decision_can_be_taken_back(wave, ann):
    made = decides(comment(wave, WORDS), ann)
    with pytest.raises(NotAllowed, match="your own"):
        take_back_decision(made, by=moderator(wave.area, "bob"))
    take_back_decision(made, by=ann)
    made.refresh_from_db()
    assert (made.status, made.text, len(made.marks)) == ("redacted", "", 2)
    assert decides(made, ann, "not_usable").status == "moderated"


def test_what_worries_a_moderator_goes_to_the_leads_and_waits_for_them(wave, ann):
    made = comment(wave, WORDS)
    pass_to_leads(made, by=ann)
    concern = Concern.objects.get()
    assert (concern.status, concern.rules) == ("raised", ["read-by-a-moderator"])
    assert not waiting_for(ann).exists()
    with pytest.raises(NotAllowed, match="safeguarding leads"):
        read_comment(made, by=ann)
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    read_concern(concern, by=lead)
    close_concern(concern, reason="All is well.", by=lead)
    assert waiting_for(ann).count() == 1
    pass_to_leads(made, by=ann)
    assert Concern.objects.get().status == "raised"


def test_a_worry_that_a_lead_sees_later_takes_it_away(wave, ann):
    made = comment(wave, WORDS)
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    finish_reading(CommentLink.objects.get().response_key, is_worrying=True, by=lead)
    assert next_comment(ann) is None
    with pytest.raises(NotAllowed):
        decides(made, ann)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MODERATOR])
def test_no_other_role_reads_or_decides(wave, role):
    made = comment(wave, WORDS)
    somebody = staff("somebody", role, area=wave.area)
    for act in (
        lambda: read_comment(made, by=somebody),
        lambda: decides(made, somebody),
        lambda: pass_to_leads(made, by=somebody),
        lambda: take_back_decision(made, by=somebody),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_moderator_of_another_area_finds_nothing_here(wave):
    made = comment(wave, WORDS)
    far = moderator(asking.area("far"), "far")
    assert not waiting_for(far).exists()
    with pytest.raises(PermissionDenied):
        read_comment(made, by=far)


@pytest.mark.parametrize("is_decided", [True, False])
def test_taking_answers_back_erases_the_comment(wave, ann, is_decided):
    made = comment(wave, WORDS)
    key = CommentLink.objects.get().response_key
    if is_decided:
        decides(made, ann)
    withdraw(receipt_of(key), wave=wave)
    if not is_decided:
        assert not waiting_for(ann).exists()
        with pytest.raises(NotAllowed, match="taken back"):
            decide_comment(made, decision="usable", marked=set(), label="PERSON", by=ann)
    sweep()
    assert not Comment.objects.exists()
    assert not CommentLink.objects.exists()
    assert not Moderation.objects.exists()


def test_a_page_that_is_open_while_the_comment_is_erased_says_so(wave, ann):
    made = comment(wave, WORDS)
    key = CommentLink.objects.get().response_key
    withdraw(receipt_of(key), wave=wave)
    sweep()
    with pytest.raises(NotAllowed, match="not there any more"):
        decide_comment(made, decision="usable", marked=set(), label="PERSON", by=ann)


def test_what_nobody_decided_on_goes_with_the_answers(wave, ann):
    kept, gone = comment(wave, WORDS), comment(wave, "all is well")
    decides(kept, ann)
    Response.objects.update(received_on=timezone.localdate() - timedelta(days=400))
    erase_old_answers()
    assert list(Comment.objects.values_list("pk", flat=True)) == [kept.pk]
    with pytest.raises(NotAllowed):
        take_back_decision(kept, by=ann)
    assert gone.pk != kept.pk


def test_an_area_is_erased_with_its_comments(wave):
    comment(wave, WORDS)
    erase_area(wave.area)
    assert not Comment.objects.exists()


def test_nothing_that_was_written_is_in_any_table_but_the_vault(wave, ann):
    """As somebody would see who reads the whole database."""
    canary = "zyzzyva"
    usable, unusable = comment(wave, f"i like {canary} pancakes"), comment(wave, f"i hate {canary}")
    waiting = comment(wave, f"so it is {canary}")
    decides(usable, ann)
    decides(unusable, ann, "not_usable")
    decides(waiting, ann, "change_more")
    read_comment(waiting, by=ann)
    for model in [*our_models(), ModelLogEntry]:
        if model._meta.app_label != "responses":
            assert canary not in str(list(model.objects.values())), model


def test_two_sweeps_make_one_comment(wave):
    made = comment(wave, WORDS)
    link = CommentLink.objects.get()
    assert prepare_comments() == 0
    other = Comment.objects.create(
        area=wave.area, edition=wave.edition, item="words", audience="AGE_8_11", language="en", made_on=made.made_on
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentLink.objects.create(comment=other, response_key=link.response_key, item="words")


def test_the_database_refuses_words_before_a_decision(wave):
    undecided = comment(wave, WORDS)
    undecided.text = "my worker Kelly"
    with pytest.raises(IntegrityError), transaction.atomic():
        undecided.save()


def test_a_very_long_text_is_marked_in_few_pieces():
    text = "kelly is nice " * 75_000
    assert len(places_of(text)) <= 800
    pieces, ending = pieces_of(text, redact("kelly").spans)
    assert "".join(piece.before + piece.word for piece in pieces) + ending == text


def test_a_mark_within_a_proposal_keeps_its_name_and_neighbours_join():
    text = "ask Kelly Page now"
    proposed = [Span(4, 14, "PERSON")]
    assert chosen_spans(text, proposed, {1, 2}, "OTHER") == (Span(4, 14, "PERSON"),)
    assert chosen_spans(text, proposed, {1}, "OTHER") == (Span(4, 9, "PERSON"),)
    assert chosen_spans(text, [], {1, 2, 99}, "PLACE") == (Span(4, 14, "PLACE"),)
    assert chosen_spans(text, [], {1, 3}, "PLACE") == (Span(4, 9, "PLACE"), Span(15, 18, "PLACE"))


def test_a_comment_that_was_never_there(wave, ann):
    nothing = Comment(id=uuid.uuid4(), area=wave.area, edition=wave.edition, item="words", status="redacted")
    with pytest.raises(NotAllowed):
        read_comment(nothing, by=ann)


def test_only_of_a_fictional_area_texts_are_read_ahead(wave, ann):
    says(wave, WORDS)
    sweep()
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    Area.objects.update(is_fictional=False)
    with pytest.raises(NotAllowed, match="one by one"):
        read_what_came_last(Area.objects.get(pk=wave.area_id), many=5, by=lead)
    assert not Comment.objects.exists()
    Area.objects.update(is_fictional=True)
    read_what_came_last(Area.objects.get(pk=wave.area_id), many=5, by=lead)
    assert waiting_for(ann).count() == 1
