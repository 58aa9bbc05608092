"""Findings rest on what is published, are checked by a second person, and go when what they rest on goes."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.findings import actions
from feedback.findings.models import FindingKind, SharedFinding
from feedback.findings.policies import what_fell
from feedback.findings.shown import public_findings, rests_on, together
from feedback.releases.actions import withdraw_release
from feedback.releases.quote_actions import recall_quote
from feedback.releases.quotes import Quote
from surveys.frame.policies import NotAllowed
from tests.factories import asking
from tests.factories.finding import drafted, kind, overseer, proposed, published, published_release
from tests.factories.listening import analyst, checker
from tests.factories.people import staff
from tests.factories.quoting import draft, wave_of
from tests.factories.theming import comments_on_meetings, confirmed
from tests.integration.anonymisation.test_themes import quoted_release

pytestmark = pytest.mark.django_db


def test_one_writes_and_another_publishes():
    finding = proposed(published_release())
    assert public_findings() == []
    actions.publish_finding(finding, by=checker())
    assert [one.code for one in public_findings()] == ["north-finding-1"]
    (rests,) = rests_on(finding)
    assert [name for name, _ in rests.questions] == ["listened"]
    done = list(ModelLogEntry.objects.filter(action__startswith="findings.").values_list("action", flat=True))
    assert {"findings.draft", "findings.cite", "findings.proposed", "findings.published"} <= set(done)


def test_nobody_publishes_or_returns_their_own():
    finding = proposed(published_release())
    both = staff("analyst", Role.OUTPUT_CHECKER)
    for act in (
        lambda: actions.publish_finding(finding, by=both),
        lambda: actions.return_finding(finding, reason="No.", by=both),
    ):
        with pytest.raises(NotAllowed, match="someone else"):
            act()


def test_who_words_it_anew_checks_it_no_more():
    finding = proposed(published_release())
    actions.return_finding(finding, reason="Say it in plainer words.", by=checker())
    other = staff("other-analyst", Role.BOARD_ANALYST)
    words = {"kind": finding.kind, "description": "Plainer.", "did": "", "theme": "time", "stage": None}
    actions.reword_finding(finding, title="Plain", **words, by=other)
    actions.propose_finding(finding, by=analyst())
    staff("other-analyst", Role.OUTPUT_CHECKER)
    with pytest.raises(NotAllowed, match="someone else"):
        actions.publish_finding(finding, by=other)
    with pytest.raises(NotAllowed, match="words stay"):
        actions.reword_finding(finding, title="Other", **words, by=analyst())


def test_it_cannot_be_proposed_before_it_rests_on_something():
    finding = drafted(asking.area("north"))
    with pytest.raises(NotAllowed, match="rests on nothing yet"):
        actions.propose_finding(finding, by=analyst())


def test_it_rests_on_no_release_that_is_not_published():
    wave = wave_of()
    made = draft(wave)
    finding = drafted(wave.area)
    with pytest.raises(NotAllowed, match="A finding rests on what is published"):
        actions.cite(finding, made, questions=["listened"], by=analyst())


def test_it_rests_on_no_release_of_another_area():
    release = published_release()
    finding = drafted(asking.area("south"))
    with pytest.raises(NotAllowed, match="its own area"):
        actions.cite(finding, release, questions=["listened"], by=analyst())


def test_it_rests_on_nothing_that_the_release_does_not_show():
    release = published_release()
    finding = drafted(release.area)
    for strange in ({"questions": ["nothing"]}, {"quotes": [uuid.uuid4()]}, {"themes": [uuid.uuid4()]}):
        with pytest.raises(NotAllowed, match="not shown in that release"):
            actions.cite(finding, release, **strange, by=analyst())


def test_it_goes_with_its_release_and_its_address_says_so(client):
    release = published_release()
    finding = published(release, title="Little time \U0001f570")
    address = f"/nation/findings/{finding.code}/"
    assert finding.title in client.get(address).content.decode()
    withdraw_release(release, reason="A file was loaded twice.", by=checker())
    assert public_findings() == []
    reply = client.get(address)
    assert reply.status_code == 410
    assert "was withdrawn, and this rests on it" in reply.content.decode()
    assert finding.title not in reply.content.decode()
    assert finding.title not in client.get("/nation/findings/").content.decode()
    assert finding.title not in client.get("/nation/findings.json").content.decode()


def test_a_quote_that_is_recalled_leaves_it_and_nothing_left_hides_it(client):
    comments = comments_on_meetings()
    confirmed(comments)
    release = quoted_release(comments)
    finding = drafted(release.area)
    quote = Quote.objects.first()
    actions.cite(finding, release, quotes=[quote.pk], by=analyst())
    actions.propose_finding(finding, by=analyst())
    actions.publish_finding(finding, by=checker())
    assert quote.words in client.get(f"/nation/findings/{finding.code}/").content.decode()
    recall_quote(quote, because="recognised", by=checker())
    assert client.get(f"/nation/findings/{finding.code}/").status_code == 410
    assert what_fell(finding) == "Nothing is left of what it rests on."


def test_another_area_found_it_too_in_its_own_words(client):
    first = published(published_release())
    south = published_release(asking.area("south"))
    too = actions.find_too(first, south.area, by=analyst())
    words = {"kind": too.kind, "title": too.title, "theme": too.theme, "stage": None}
    actions.reword_finding(too, **words, description="Here as well.", did="We walk and talk.", by=analyst())
    actions.cite(too, south, questions=["listened"], by=analyst())
    actions.propose_finding(too, by=analyst())
    actions.publish_finding(too, by=checker())
    (of_kind,) = together(public_findings())
    assert of_kind.alike[0].places == ["North", "South"]
    text = client.get(f"/nation/findings/{first.code}/").content.decode()
    assert "We walk and talk." in text
    with pytest.raises(NotAllowed, match="already"):
        actions.find_too(first, south.area, by=analyst())
    with pytest.raises(NotAllowed, match="own finding"):
        actions.find_too(first, first.area, by=analyst())


def test_what_is_not_published_is_not_found_too():
    waiting = proposed(published_release())
    with pytest.raises(NotAllowed, match="not published"):
        actions.find_too(waiting, asking.area("south"), by=analyst())


BAD = {"nul": "a\x00b", "1 MB": "x" * 1_000_000, "none": " ", "claim": "All figures are anonymized"}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_words_that_cannot_be_kept_are_refused_in_a_sentence(text):
    area = asking.area("north")
    for words in ({"title": text}, {"description": text}):
        with pytest.raises(NotAllowed):
            drafted(area, **words)
    assert not SharedFinding.objects.exists()


def test_words_in_any_script_are_kept_and_shown(client):
    title = "وقت قليل \U0001f468\u200d\U0001f469\u200d\U0001f467 ‏"
    finding = published(published_release(), title=title)
    assert title.strip()[:8] in client.get(f"/nation/findings/{finding.code}/").content.decode()


def test_roles_that_may_not():
    release = published_release()
    finding = proposed(release)
    for role in set(Role) - {Role.BOARD_ANALYST, Role.OUTPUT_CHECKER}:
        other = staff(f"some-{role}", role, area=release.area)
        for act in (
            lambda by: drafted_by(release.area, by),
            lambda by: actions.publish_finding(finding, by=by),
            lambda by: actions.return_finding(finding, reason="No.", by=by),
            lambda by: actions.cite(finding, release, questions=["listened"], by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(other)
    elsewhere = staff("elsewhere", Role.OUTPUT_CHECKER, area=asking.area("south"))
    with pytest.raises(PermissionDenied):
        actions.publish_finding(finding, by=elsewhere)


def drafted_by(area, by):
    actions.write_finding(area, kind=FindingKind.objects.first(), title="Mine", description="Mine.", by=by)


def test_kinds_are_versioned_and_a_finding_keeps_its_edition():
    finding = published(published_release())
    before = finding.kind
    after = actions.word_kind(code="", name="Alone with the worker", means="Too little.", after=before, by=overseer())
    assert (after.code, after.edition) == (before.code, 2)
    finding.refresh_from_db()
    assert finding.kind == before
    assert before not in FindingKind.objects.offered()
    with pytest.raises(NotAllowed, match="meanwhile"):
        actions.word_kind(code="", name="Again", means="Too little.", after=before, by=overseer())
    with pytest.raises(NotAllowed, match="not on the list"):
        drafted(asking.area("south"), kind=before)
    with pytest.raises(PermissionDenied):
        actions.word_kind(code="mine", name="Mine", means="Mine.", by=analyst())
    assert kind().edition == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_does(elsewhere):
    finding = proposed(published_release())
    second = staff("second-checker", Role.OUTPUT_CHECKER)
    if connection.vendor == "sqlite":
        results = [_publishes(finding.pk, checker()), _publishes(finding.pk, second)]
    else:
        tries = [elsewhere(_publishes, finding.pk, person) for person in (checker(), second)]
        results = [one.result(timeout=20) for one in tries]
    assert sorted(results) == ["published", "refused"]
    assert finding.states.filter(status="published").count() == 1


def _publishes(key, person):
    try:
        actions.publish_finding(SharedFinding.objects.get(pk=key), by=person)
    except NotAllowed:
        return "refused"
    return "published"
