"""The screens of quotes: chosen by an analyst, seen by a second person, ordered by the care council, recalled."""

import pytest
from django.apps import apps
from wagtail.models import ModelLogEntry

from feedback.accounts.roles import Role
from feedback.anonymisation.moderation_actions import CommentLink
from feedback.releases.models import Release
from feedback.releases.quotes import Quote
from surveys.responses.actions import withdraw
from surveys.responses.receipts import receipt_of
from tests.factories import asking
from tests.factories.people import at_desk, staff
from tests.factories.quoting import draft, propose, publish, usable, wave_of

pytestmark = pytest.mark.django_db
SAID = "my worker [name] is nice"
CHOOSERS = {Role.BOARD_ANALYST}
RECALLERS = {Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.BOARD_ANALYST, Role.OUTPUT_CHECKER}


@pytest.fixture
def wave():
    return wave_of()


@pytest.fixture
def made(wave):
    usable(wave)
    return draft(wave)


def signs_in(client, wave, role):
    return at_desk(client, staff(f"some-{role}", role, area=wave.area))


def choosing(made):
    return f"/desk/work/releases/{made.code}/quotes/"


def page(client, where):
    return client.get(where, follow=True).content.decode()


def mark_on(client, made):
    text = page(client, choosing(made))
    return text.split('name="choose" value="')[1].split('"')[0]


def chosen(client, wave, made):
    signs_in(client, wave, Role.BOARD_ANALYST)
    client.post(choosing(made), {"choose": mark_on(client, made)})
    return Quote.objects.get()


def test_an_analyst_chooses_and_takes_out(client, wave, made):
    quote = chosen(client, wave, made)
    text = page(client, f"/desk/work/releases/{made.code}/")
    assert SAID in text
    assert "8 to 11 year olds" in text
    assert "Take this quote out" in text
    assert ModelLogEntry.objects.filter(action="releases.look_for_quotes").exists()
    client.post(choosing(made), {"drop": str(quote.pk)})
    assert not Quote.objects.exists()
    assert SAID in page(client, choosing(made))


def test_the_screen_names_no_record(client, wave, made):
    signs_in(client, wave, Role.BOARD_ANALYST)
    text = page(client, choosing(made))
    link = CommentLink.objects.get()
    assert SAID in text
    assert str(link.comment_id) not in text
    assert str(link.response_key) not in text


def test_a_second_person_sees_them_and_the_look_is_logged(client, wave, made):
    chosen(client, wave, made)
    propose(made)
    signs_in(client, wave, Role.OUTPUT_CHECKER)
    text = page(client, f"/desk/work/releases/{made.code}/")
    assert SAID in text
    assert "Take this quote out" not in text
    assert ModelLogEntry.objects.filter(action="releases.look_at_quotes").exists()


def test_only_an_analyst_finds_texts_to_choose_from(client, wave, made):
    for role in set(Role) - CHOOSERS:
        signs_in(client, wave, role)
        reply = client.get(choosing(made))
        assert SAID not in reply.content.decode(), role
        assert reply.status_code in {302, 404}, role


def test_only_four_roles_recall(client, wave, made):
    quote = chosen(client, wave, made)
    publish(made)
    for role in set(Role) - RECALLERS:
        signs_in(client, wave, role)
        client.post("/desk/work/quotes/", {"quote": str(quote.pk), "because": "recognised"})
        assert Quote.objects.get().status == "chosen", role
        assert SAID not in client.get("/desk/work/quotes/").content.decode(), role


def results(area):
    home_page, results_page = (apps.get_model("pages", name) for name in ("HomePage", "ResultsPage"))
    home = asking.root().add_child(instance=home_page(title="Home", slug="home-of-north", area=area))
    return home.add_child(instance=results_page(title="What we heard", slug="heard"))


def served(rf, of):
    response = of.serve(rf.get("/heard/"))
    response.render()
    return response


def test_everybody_reads_it_and_a_moderator_recalls_it_everywhere(client, rf, wave, made):
    quote = chosen(client, wave, made)
    of = results(wave.area)
    assert SAID not in served(rf, of).content.decode()
    publish(made)
    response = served(rf, of)
    assert SAID in response.content.decode()
    assert "no-cache" in response["Cache-Control"]
    assert "max-age=0" in response["Cache-Control"]
    signs_in(client, wave, Role.MODERATOR)
    assert SAID in page(client, "/desk/work/quotes/")
    text = client.post("/desk/work/quotes/", {"quote": str(quote.pk), "because": "asked"}, follow=True).content.decode()
    assert "Recalled" in text
    assert SAID not in text
    told = served(rf, of).content.decode()
    assert SAID not in told
    assert "A quote was recalled." in told
    signs_in(client, wave, Role.BOARD_ANALYST)
    assert SAID not in page(client, f"/desk/work/releases/{made.code}/")
    for name in ("published.csv", "metadata.json", "statement.txt"):
        assert SAID not in client.get(f"/open-data/{made.code}/{name}").content.decode()


def test_taken_back_is_gone_from_the_page_before_any_sweep(client, rf, wave, made):
    chosen(client, wave, made)
    publish(made)
    of = results(wave.area)
    withdraw(receipt_of(CommentLink.objects.get().response_key), wave=wave)
    assert SAID not in served(rf, of).content.decode()


def test_no_file_has_a_quote_because_files_cannot_be_recalled(client, wave, made):
    chosen(client, wave, made)
    publish(made)
    for name in ("published.csv", "metadata.json", "statement.txt"):
        assert SAID not in client.get(f"/open-data/{made.code}/{name}").content.decode()
    assert client.get(f"/open-data/{made.code}/quotes.csv").status_code == 404


def test_a_recall_without_a_reason_or_twice(client, wave, made):
    quote = chosen(client, wave, made)
    publish(made)
    signs_in(client, wave, Role.OUTPUT_CHECKER)
    for sent in ({"quote": str(quote.pk)}, {"quote": "\x00", "because": "wrong"}, {"quote": "x" * 1_000_000}, {}):
        assert client.post("/desk/work/quotes/", sent).status_code in {302, 400, 413}
    assert Quote.objects.get().status == "chosen"
    for _ in range(2):
        client.post("/desk/work/quotes/", {"quote": str(quote.pk), "because": "wrong", "from_release": "1"})
    assert ModelLogEntry.objects.filter(action="releases.recall_quote").count() == 1


def test_the_care_council_orders_and_sees_nothing_else(client, wave):
    usable(wave), usable(wave, "my worker Kelly is kind")
    made = draft(wave)
    signs_in(client, wave, Role.BOARD_ANALYST)
    for _ in range(2):
        client.post(choosing(made), {"choose": mark_on(client, made)})
    member = staff("member", Role.CARE_COUNCIL_MEMBER, area=wave.area)
    at_desk(client, member)
    assert "no quotes to put in order" in page(client, "/desk/work/quotes/order/")
    publish(made)
    text = page(client, "/desk/work/quotes/order/")
    assert SAID in text
    assert "Recall" not in text
    first, second = Quote.objects.standing()
    client.post("/desk/work/quotes/order/", {"up": str(second.pk)})
    assert list(Quote.objects.standing()) == [second, first]
    assert client.get(f"/desk/work/releases/{made.code}/").status_code in {302, 404}
    far = at_desk(client, staff("far-member", Role.CARE_COUNCIL_MEMBER, area=asking.area("far")))
    far.post("/desk/work/quotes/order/", {"up": str(first.pk)})
    assert list(Quote.objects.standing()) == [second, first]


def test_nonsense_breaks_nothing(client, wave, made):
    signs_in(client, wave, Role.BOARD_ANALYST)
    for sent in ({"choose": "\x00"}, {"choose": "x" * 1_000_000}, {"drop": "\x00"}, {"drop": "1"}, {}):
        assert client.post(choosing(made), sent).status_code in {302, 400, 413}
    for asked in ("\x00", "x" * 3000):
        assert client.get(choosing(made), {"question": asked, "p": asked}).status_code == 200
    assert not Quote.objects.exists()


def test_two_tabs_choose_the_same(client, wave, made):
    signs_in(client, wave, Role.BOARD_ANALYST)
    mark = mark_on(client, made)
    for _ in range(2):
        client.post(choosing(made), {"choose": mark})
    assert Quote.objects.count() == 1


def test_right_to_left_words_stand_as_they_are(client, rf, wave):
    usable(wave, "my worker says \u202eحسنا\u202c and <b>smiles</b>")
    made = draft(wave)
    signs_in(client, wave, Role.BOARD_ANALYST)
    text = page(client, choosing(made))
    assert 'dir="auto"' in text
    assert "<b>smiles" not in text


def test_all_areas_together_have_no_quotes(client, wave):
    nation = Release.objects.create(code="all-areas-2025q1", area=None, quarter="2025Q1", rules={})
    at_desk(client, staff("national", Role.BOARD_ANALYST))
    assert client.get(choosing(nation)).status_code in {302, 403}
