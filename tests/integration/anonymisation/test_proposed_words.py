"""What moderators correct improves the lists by a step that another person takes, and never by itself."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.erasing import erase_area
from feedback.anonymisation.moderation_actions import words_to_propose
from feedback.anonymisation.own_lists import add_words
from feedback.anonymisation.proposal_actions import (
    accept_word,
    erase_old_proposals,
    propose_words,
    read_proposals,
    refuse_word,
)
from feedback.anonymisation.proposals import Correction, WordProposal, corrections_for_lists
from feedback.anonymisation.redaction import Span, redact
from feedback.privacy.inventory import our_models
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.moderating import comment, moderator
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
RARE = "zorblaxia"
WORDS = "my worker Kelly is nice"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def ann(wave):
    return moderator(wave.area, "ann")


@pytest.fixture
def admin(wave):
    return staff("some-admin", Role.ADMINISTRATOR, area=wave.area)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EARSHOT_REDACTION_LISTS", str(tmp_path))
    return tmp_path


def proposes(wave, by, word=RARE, kind="names"):
    propose_words(comment(wave), [Correction(kind, word)], by=by)
    return WordProposal.objects.get()


def test_what_was_marked_and_put_back_is_offered_for_the_list_it_fits(wave, ann):
    text = "ask Kelly of oakfields primary about skribble"
    proposed = [Span(4, 9, "PERSON"), Span(37, 45, "PERSON")]
    chosen = [Span(4, 9, "PERSON"), Span(13, 30, "SCHOOL")]
    assert corrections_for_lists(text, proposed, chosen) == [
        Correction("schools", "oakfields primary"), Correction("ordinary", "skribble"),
    ]  # fmt: skip


def test_nobodys_name_is_taken_off_the_lists_by_a_proposal():
    """Kelly was put back once, because it was a brand; every other Kelly is still looked for."""
    assert corrections_for_lists("ask Kelly now", [Span(4, 9, "PERSON")], []) == []
    assert corrections_for_lists("call 07700 900123", [], [Span(5, 17, "PHONE")]) == []


def test_a_moderator_proposes_from_the_comment_and_another_person_accepts(client, wave, ann, admin, folder):
    made = comment(wave, "my worker Kelly is nice")
    where = f"/desk/work/comments/{made.pk}/"
    at_desk(client, ann)
    marked = {"kind": "PERSON", "mark": ["2", "4:SCHOOL"]}
    text = client.post(where, {"step": "propose", **marked}).content.decode()
    assert "nice</span>: A school" in text
    text = client.post(where, {"step": "propose_these", "word": ["0"], **marked}).content.decode()
    assert "Another person decides" in text
    assert "my worker [name] is [school]" in text
    for _ in range(2):
        client.post(where, {"step": "propose_these", "word": ["0"], **marked})
    assert WordProposal.objects.count() == 1
    at_desk(client, admin)
    text = client.get("/desk/work/words/").content.decode()
    assert '<strong dir="auto">nice</strong>' in text
    assert "worker" not in text.split("<h1")[1]
    client.post("/desk/work/words/", {"word": str(WordProposal.objects.get().pk), "step": "accept"})
    assert (folder / "schools.txt").read_text() == "nice\n"
    assert not WordProposal.objects.exists()


def test_what_was_accepted_is_found_from_the_next_text_on(wave, ann, admin, folder):
    text = f"we went to {RARE} with my worker"
    before = redact(text).spans
    accept_word(proposes(wave, ann, RARE, "places"), by=admin)
    assert [(span.start, span.label) for span in redact(text).spans] == [(11, "PLACE")]
    assert before != redact(text).spans


def test_what_was_put_back_is_an_everyday_word_from_then_on(wave, ann, admin, folder):
    text = "i like qwertling a lot"
    assert redact(text).spans
    accept_word(proposes(wave, ann, "qwertling", "ordinary"), by=admin)
    assert redact(text).spans == ()


def test_nobody_decides_on_their_own_word(wave, ann):
    waits = proposes(wave, ann)
    staff("ann", Role.ADMINISTRATOR, area=wave.area)
    assert read_proposals(wave.area, by=ann) == []
    with pytest.raises(NotAllowed, match="another person"):
        accept_word(waits, by=ann)


def test_of_two_who_decide_the_second_is_told(wave, ann, admin, folder):
    waits = proposes(wave, ann)
    refuse_word(WordProposal.objects.get(), by=admin)
    with pytest.raises(NotAllowed, match="in the meantime"):
        accept_word(waits, by=admin)
    assert not (folder / "names.txt").exists()


def test_nobody_else_reads_or_decides(client, wave, ann):
    waits = proposes(wave, ann)
    far = staff("far", Role.ADMINISTRATOR, area=asking.area("far"))
    people = [staff(f"some-{role}", role, area=wave.area) for role in Role if role != Role.ADMINISTRATOR]
    for somebody in (far, *people):
        for act in (
            lambda by=somebody: read_proposals(wave.area, by=by),
            lambda by=somebody: accept_word(waits, by=by),
            lambda by=somebody: refuse_word(waits, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act()
        at_desk(client, somebody)
        assert RARE not in client.get("/desk/work/words/").content.decode()
        client.post("/desk/work/words/", {"word": str(waits.pk), "step": "accept"})
    assert WordProposal.objects.count() == 1


def test_a_rare_name_stands_nowhere_in_the_clear_and_leads_to_no_comment(wave, ann, admin):
    waits = proposes(wave, ann)
    read_proposals(wave.area, by=admin)
    for model in [*our_models(), ModelLogEntry]:
        assert RARE not in str(list(model.objects.values())), model
    row = WordProposal.objects.values().get(pk=waits.pk)
    assert set(row) == {"id", "area_id", "kind", "word", "word_mark", "proposed_by_id", "proposed_on"}
    assert ModelLogEntry.objects.filter(action="anonymisation.read_proposals", user=admin).count() == 1


def test_what_nobody_decides_on_goes_and_so_does_that_of_an_area_that_is_erased(wave, ann):
    proposes(wave, ann)
    assert erase_old_proposals() == 0
    WordProposal.objects.update(proposed_on=timezone.localdate() - timedelta(days=28))
    assert erase_old_proposals() == 1
    proposes(wave, ann)
    erase_area(wave.area)
    assert not WordProposal.objects.exists()


def test_without_a_folder_nothing_is_accepted_and_nothing_is_lost(wave, ann, admin, monkeypatch):
    waits = proposes(wave, ann)
    monkeypatch.delenv("EARSHOT_REDACTION_LISTS", raising=False)
    with pytest.raises(NotAllowed, match="names no folder"):
        accept_word(waits, by=admin)
    assert WordProposal.objects.exists()


def test_a_list_is_added_to_and_never_lost(folder, tmp_path):
    assert add_words("names", ["anya", "bo"]) == 2
    assert add_words("names", ["bo", "cy"]) == 1
    file = tmp_path / "more.csv"
    file.write_text("who\nDi-Anne\n", encoding="utf-8")
    call_command("load_list", str(file), kind="names", column="who", stdout=StringIO())
    assert (folder / "names.txt").read_text() == "anya\nbo\ncy\ndi anne\n"


@pytest.mark.parametrize("sent", [{"word": "\x00", "step": "accept"}, {"word": "x" * 1_000_000}, {}])
def test_nonsense_breaks_nothing(client, wave, ann, admin, sent):
    proposes(wave, ann)
    at_desk(client, admin)
    assert client.post("/desk/work/words/", sent).status_code in {302, 400, 413}
    assert WordProposal.objects.exists()


def test_only_what_was_corrected_can_be_proposed(client, wave, ann):
    made = comment(wave, WORDS)
    at_desk(client, ann)
    for word in ("99", "-1", "\x00", "x" * 1000):
        sent = {"step": "propose_these", "kind": "PERSON", "mark": ["2"], "word": [word]}
        client.post(f"/desk/work/comments/{made.pk}/", sent)
    assert not WordProposal.objects.exists()
    with pytest.raises(PermissionDenied):
        words_to_propose(made, by=staff("else", Role.BOARD_ANALYST), marked={2}, label="PERSON")
