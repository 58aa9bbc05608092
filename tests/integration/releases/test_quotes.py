"""Quotes follow rule 11: an area, one age band at most, of one child once, gone for good when they are recalled."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.anonymisation.erasing import erase_area
from feedback.anonymisation.models import CodedResponse, Comment, CommentLink, Linkage
from feedback.anonymisation.moderation_actions import take_back_decision
from feedback.anonymisation.quotable import Quotable, mark_of
from feedback.releases import actions
from feedback.releases.models import Release
from feedback.releases.quote_actions import choose_quote, drop_quote, look_for_quotes, move_quote, recall_quote
from feedback.releases.quotes import Quote
from feedback.releases.quoting import candidates, quotes_of
from feedback.safeguarding.actions import finish_reading
from surveys.frame.policies import NotAllowed
from surveys.instrument.routing import Rule
from surveys.responses.actions import withdraw
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.listening import analyst, checker, coded
from tests.factories.moderating import moderator
from tests.factories.people import staff
from tests.factories.quoting import approve, draft, propose, publish, usable, wave_of

pytestmark = pytest.mark.django_db
SAID = "my worker [name] is nice"


@pytest.fixture
def wave():
    return wave_of()


def key_of(comment):
    return CommentLink.objects.get(comment=comment).response_key


def choose(release, by=None):
    (one, *_) = candidates(release)
    return choose_quote(release, mark=one.mark, by=by or analyst())


def words(release):
    return [one.words for one in quotes_of(release).shown]


def test_an_analyst_chooses_a_second_person_approves_and_everybody_reads(wave):
    usable(wave)
    made = draft(wave)
    choose(made)
    (quote,) = quotes_of(publish(made)).shown
    assert (quote.words, quote.audience, quote.question) == (SAID, "8 to 11 year olds", "Question words?")
    assert ModelLogEntry.objects.filter(action="releases.choose_quote").count() == 1
    assert not any(SAID in str(entry.data) + entry.label for entry in ModelLogEntry.objects.all())


def test_nothing_but_what_is_printed_is_kept_of_where_it_came_from(wave):
    """No service, no stage, no quarter, no key of a response or comment."""
    comment = usable(wave)
    quote = choose(draft(wave))
    row = Quote.objects.filter(pk=quote.pk).values().get()
    keys = {str(comment.pk), str(key_of(comment)), str(Linkage.objects.get(response_key=key_of(comment)).coded_id)}
    assert not keys & {str(value) for value in row.values()}
    assert not {"service", "stage", "quarter"} & set(row)
    assert SAID not in str(row)


def test_a_band_of_fewer_than_twenty_is_not_printed_and_neither_is_its_wording(wave):
    usable(wave)
    quote = choose(draft_of_two_bands(wave, small=12))
    assert (quote.audience, quote.item, quote.edition_id) == ("", "", None)
    assert words(quote.release) == [SAID]


def draft_of_two_bands(wave, *, small):
    coded(wave.edition, wave.area, quarter="2025Q1", n=40, audience="AGE_12_17")
    return draft(wave, n=small)


def test_a_question_that_follows_an_answer_is_not_printed():
    after = asking.text_item("words", rule=Rule("listened", frozenset({"yes"})))
    wave = asking.open_wave(asking.closed_item("listened", "yes", "no"), after, of=asking.area("north"))
    usable(wave, listened="yes")
    quote = choose(draft(wave))
    assert (quote.audience, quote.item) == ("AGE_8_11", "")


def test_only_who_is_in_the_release_is_quoted(wave):
    usable(wave)
    made = draft(wave)
    usable(wave, "this came late")
    assert [one.item for one in candidates(made)] == ["words"]
    assert candidates(Release(area=None, quarter="2025Q1", rules=made.rules)) == []


def test_of_one_child_only_one_text_is_ever_offered():
    items = [
        asking.closed_item("listened", "yes", "sometimes", "no"),
        asking.text_item("words"),
        asking.text_item("more"),
    ]
    wave = asking.open_wave(*items, of=asking.area("north"))
    first = usable(wave, "all is well", more="really well")
    other = Comment.objects.get(link__response_key=key_of(first), item="more")
    approve(other)
    made = draft(wave)
    assert len(candidates(made)) == 1
    choose(made)
    assert candidates(made) == []


def test_no_worry_no_quote(wave):
    comment, lead = usable(wave), staff("lead-late", Role.SAFEGUARDING_LEAD, area=wave.area)
    made = draft(wave)
    choose(made)
    publish(made)
    finish_reading(key_of(comment), is_worrying=True, by=lead)
    assert words(made) == []
    sweep()
    recalled = Quote.objects.get()
    assert (recalled.status, recalled.words, recalled.because) == ("recalled", "", "worry")
    assert quotes_of(made).recalled == 1
    assert candidates(made) == []


def test_taken_back_means_gone_at_once_and_for_good(wave):
    comment = usable(wave)
    made = draft(wave)
    choose(made)
    publish(made)
    withdraw(receipt_of(key_of(comment)), wave=wave)
    assert words(made) == []
    sweep()
    row = Quote.objects.get()
    assert (row.status, row.words, row.mark, row.because, row.recalled_by) == ("recalled", "", None, "taken_back", None)
    assert quotes_of(made).recalled == 1


def test_taken_back_before_it_was_published_nobody_hears_of_it(wave):
    comment = usable(wave)
    made = draft(wave)
    choose(made)
    withdraw(receipt_of(key_of(comment)), wave=wave)
    sweep()
    publish(made)
    assert (words(made), quotes_of(made).recalled) == ([], 0)


def test_what_is_taken_back_while_somebody_chooses_is_refused(wave):
    comment = usable(wave)
    made = draft(wave)
    (one,) = candidates(made)
    withdraw(receipt_of(key_of(comment)), wave=wave)
    with pytest.raises(NotAllowed, match="not offered"):
        choose_quote(made, mark=one.mark, by=analyst())


def test_a_moderator_who_decides_anew_recalls_it(wave):
    ann = moderator(wave.area, "ann")
    comment = usable(wave, by=ann)
    made = draft(wave)
    choose(made)
    take_back_decision(comment, by=ann)
    assert Quote.objects.get().because == "decided_anew"
    assert words(made) == []


def test_an_area_that_is_erased_is_not_quoted(wave):
    usable(wave)
    choose(draft(wave))
    erase_area(wave.area)
    assert set(Quote.objects.values_list("status", "mark", "words")) == {("recalled", None, "")}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.BOARD_ANALYST, Role.OUTPUT_CHECKER])
def test_four_roles_recall_with_a_reason_and_it_never_comes_back(wave, role):
    usable(wave)
    made = draft(wave)
    quote = choose(made)
    publish(made)
    somebody = staff("somebody", role, area=wave.area)
    with pytest.raises(NotAllowed, match="Say why"):
        recall_quote(quote, because="because of my worker Kelly", by=somebody)
    recall_quote(quote, because="recognised", by=somebody)
    assert (words(made), quotes_of(made).recalled) == ([], 1)
    assert Comment.objects.get().text == ""
    assert candidates(made) == []
    entry = ModelLogEntry.objects.get(action="releases.recall_quote")
    assert (entry.user, entry.data["because"]) == (somebody, "recognised")
    with pytest.raises(NotAllowed):
        recall_quote(quote, because="recognised", by=somebody)


RECALLERS = {Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.BOARD_ANALYST, Role.OUTPUT_CHECKER}


def test_no_other_role_chooses_or_recalls(wave):
    usable(wave), usable(wave, "my worker Kelly is kind")
    made = draft(wave)
    quote = choose(made)
    for role in Role:
        somebody = staff(f"some-{role}", role, area=wave.area)
        if role not in RECALLERS:
            with pytest.raises(PermissionDenied):
                recall_quote(quote, because="recognised", by=somebody)
        if role != Role.BOARD_ANALYST:
            with pytest.raises(PermissionDenied):
                look_for_quotes(made, by=somebody)
            with pytest.raises(PermissionDenied):
                choose(made, somebody)


def test_another_area_has_no_say(wave):
    usable(wave)
    made = draft(wave)
    far = asking.area("far")
    with pytest.raises(PermissionDenied):
        choose(made, staff("far", Role.BOARD_ANALYST, area=far))
    quote = choose(made)
    for act in (
        lambda: recall_quote(quote, because="wrong", by=staff("far-mod", Role.MODERATOR, area=far)),
        lambda: drop_quote(quote, by=staff("far", Role.BOARD_ANALYST, area=far)),
        lambda: move_quote(quote, up=True, by=staff("far-child", Role.CARE_COUNCIL_MEMBER, area=far)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_whoever_chose_a_quote_does_not_approve_the_release(wave):
    usable(wave)
    made = draft(wave)
    both = staff("both", Role.BOARD_ANALYST)
    staff("both", Role.OUTPUT_CHECKER)
    choose(made, both)
    propose(made)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.approve(Release.objects.get(pk=made.pk), by=both)


def test_nothing_is_chosen_or_dropped_behind_the_back_of_the_second_person(wave):
    usable(wave), usable(wave, "all is well")
    made = draft(wave)
    quote = choose(made)
    propose(made)
    for act in (lambda: choose(made), lambda: drop_quote(quote, by=analyst())):
        with pytest.raises(NotAllowed, match="send it back"):
            act()
    actions.return_(made, reason="The first quote says too much.", by=checker())
    drop_quote(quote, by=analyst())
    with pytest.raises(NotAllowed):
        drop_quote(quote, by=analyst())
    assert len(candidates(made)) == 2


def test_chosen_twice_is_one_quote(wave):
    usable(wave)
    made = draft(wave)
    (one,) = candidates(made)
    choose_quote(made, mark=one.mark, by=analyst())
    with pytest.raises(NotAllowed, match="not offered"):
        choose_quote(Release.objects.get(pk=made.pk), mark=one.mark, by=analyst())
    with pytest.raises(NotAllowed):
        choose_quote(made, mark="\x00" * 32, by=analyst())
    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(release=made, mark=one.mark, chosen_by=analyst(), chosen_on="2026-01-01", language="en")


def test_the_database_refuses_a_recalled_quote_with_words(wave):
    usable(wave)
    quote = choose(draft(wave))
    quote.status = "recalled"
    with pytest.raises(IntegrityError), transaction.atomic():
        quote.save()


def test_a_language_that_few_speak_is_not_quoted(wave):
    usable(wave, "moja pani jest dobra", language="pl", reads_the_language=True)
    made = draft(wave)
    assert candidates(made) == []
    others = CodedResponse.objects.exclude(language="pl").values_list("pk", flat=True)[:19]
    CodedResponse.objects.filter(pk__in=list(others)).update(language="pl")
    assert len(candidates(made)) == 1


def test_what_is_in_no_language_that_anybody_named_is_not_quoted(wave):
    usable(wave, "moja pani jest dobra dla mnie i mojego brata", reads_the_language=True)
    assert candidates(draft(wave)) == []


def test_the_care_council_puts_them_in_order(wave):
    said = ["my worker Kelly is nice", "my worker Kelly is kind", "my worker Kelly is funny"]
    for one in said:
        usable(wave, one)
    made = draft(wave)
    for _ in said:
        choose(made)
    member = staff("member", Role.CARE_COUNCIL_MEMBER, area=wave.area)
    last = list(Quote.objects.standing())[-1]
    with pytest.raises(NotAllowed, match="second person"):
        move_quote(last, up=True, by=member)
    publish(made)
    before = words(made)
    move_quote(last, up=True, by=member)
    assert words(made) == [before[0], before[2], before[1]]
    for _ in range(3):
        move_quote(last, up=True, by=member)
    assert words(made)[0] == before[2]
    move_quote(last, up=False, by=member)
    assert words(made)[1] == before[2]
    with pytest.raises(PermissionDenied):
        move_quote(last, up=True, by=checker())


def test_until_then_the_order_is_neither_that_of_time_nor_of_a_key(wave):
    places = set()
    for word in ("nice", "kind", "funny"):
        usable(wave, f"my worker Kelly is {word}")
    made = draft(wave)
    for _ in range(3):
        places.add(choose(made).place)
    assert len(places) == 3
    assert max(places) > 1000


# What any two quotes of a release have in common: what is printed, who chose them on which day, and what is empty.
COMMON = {
    "release_id", "edition_id", "item", "audience", "language", "is_drawing", "is_talk", "status", "chosen_by_id",
    "chosen_on", "because", "recalled_by_id", "recalled_on", "was_public",
}  # fmt: skip


def test_an_insider_cannot_join_two_quotes_of_a_child(monkeypatch):
    """Two texts of one child, as if both had been chosen: nothing of the rows is alike but what all rows share."""
    items = [asking.text_item("words"), asking.text_item("more")]
    wave = asking.open_wave(asking.closed_item("listened", "yes", "sometimes", "no"), *items, of=asking.area("north"))
    first = usable(wave, "my worker Kelly is nice", more="my worker Kelly is kind")
    second = approve(Comment.objects.get(link__response_key=key_of(first), item="more"))
    stranger = usable(wave, "my worker Kelly is funny")
    made = draft(wave)
    key = key_of(first)
    offered = [offer(made, one) for one in (first, second, stranger)]
    monkeypatch.setattr("feedback.releases.quote_actions.candidates", lambda release: offered)
    quotes = [choose_quote(made, mark=one.mark, by=analyst()) for one in offered]
    secrets = {str(one) for one in (key, Linkage.objects.get(response_key=key).coded_id)}
    rows = {one.pk: Quote.objects.filter(pk=one.pk).values().get() for one in quotes}
    of_one_child = alike(rows, *quotes[:2])
    assert of_one_child <= COMMON
    # And no more than two strangers' have in common.
    assert of_one_child <= alike(rows, quotes[0], quotes[2]) | {"item"}
    assert not {str(value) for row in rows.values() for value in row.values()} & secrets
    # The hashes cannot be made anew from what is in the database: the key is not there.
    guesses = {guess for one in (first, second) for guess in hashes_of(one.pk)}
    assert not guesses & {row["mark"] for row in rows.values()}
    Comment.objects.all().delete()
    assert not CommentLink.objects.exists()


def offer(made, comment):
    return Quotable(
        comment.pk, mark_of(comment.pk), comment.edition_id, comment.item, comment.audience, "en", "2025Q1", False
    )


def alike(rows, one, other):
    return {name for name, value in rows[one.pk].items() if value == rows[other.pk][name]}


def hashes_of(key):
    for content in (key.bytes, str(key).encode(), key.hex.encode()):
        digest = hashlib.sha256(content).hexdigest()
        yield from (digest[:32], digest[32:], hashlib.md5(content, usedforsecurity=False).hexdigest())
