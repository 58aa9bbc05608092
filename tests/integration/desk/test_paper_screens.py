"""The screens on which booklets are keyed: nothing is shown again but where two readings differ."""

import pytest
from django.contrib.messages import get_messages

from feedback.accounts.roles import Role
from surveys.answering import keying
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.routing import Rule
from surveys.responses.models import PaperEntry, Response
from tests.factories import asking
from tests.factories.paper import keys, officers
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
SECRET = "our secret words"


@pytest.fixture
def wave():
    return asking.open_wave()


@pytest.fixture
def two(wave):
    return officers(wave.area, "ann", "bob")


class Desk:
    """An officer at the screens of one wave."""

    def __init__(self, client, wave, person):
        self.client, self.address = client, f"/desk/work/waves/{wave.code}/paper/"
        at_desk(client, person)

    def begins(self, number=12, **fields):
        form = {"step": "begin", "number": number, "edition": 1, "language": "en", **fields}
        return self.client.post(self.address, form)

    def sends(self, to, number=12, **fields):
        entry = PaperEntry.objects.filter(number=number).first()
        form = {"number": number, "edition": 1, "language": "en", "after": entry.pk.hex if entry else "", **fields}
        return self.client.post(f"{self.address}{to}/", form)

    def says(self, reply):
        return " ".join(str(message) for message in get_messages(reply.wsgi_request))


def test_a_booklet_is_keyed_once_and_then_again_by_another(client, wave, two):
    first = Desk(client, wave, two[0])
    assert "first reading" in first.begins().content.decode()
    reply = first.sends("key", q_listened="yes", q_words=SECRET)
    assert reply.status_code == 302
    assert "Another person keys the same booklet" in first.says(reply)
    second = Desk(client, wave, two[1])
    page = second.begins().content.decode()
    assert "second reading" in page
    assert SECRET not in page
    reply = second.sends("key", q_listened="yes", q_words=SECRET)
    assert "Stored" in second.says(reply)
    assert "words" not in reply["Location"]
    assert Response.objects.get().answers == {"listened": "yes", "words": SECRET}


def test_after_storing_no_receipt_and_no_answer_is_shown(client, wave, two):
    for person in two:
        desk = Desk(client, wave, person)
        page = client.get(desk.sends("key", q_words=SECRET)["Location"]).content.decode()
        assert SECRET not in page
        assert "receipt" not in page.lower()


def test_the_next_booklet_of_the_pile_is_of_the_same_language(client, wave, two):
    desk = Desk(client, wave, two[0])
    assert desk.sends("key", q_listened="yes")["Location"].endswith("/paper/?edition=1&language=en")


def test_the_same_person_is_told_before_they_type_anything(client, wave, two):
    keys(wave, two[0], q_words=SECRET)
    desk = Desk(client, wave, two[0])
    reply = desk.begins()
    assert reply.status_code == 302
    assert "Another person must be the second" in desk.says(reply)
    assert PaperEntry.objects.count() == 1


def test_the_list_shows_numbers_and_who_keyed_and_nothing_else(client, wave, two):
    keys(wave, two[0], 41, q_words=SECRET)
    page = client.get(Desk(client, wave, two[1]).address).content.decode()
    assert '<th scope="row">41</th>' in page
    assert "ann" in page
    assert SECRET not in page


def test_where_two_differ_the_second_sees_these_questions_and_no_other_of_the_first(client, wave, two):
    keys(wave, two[0], q_listened="yes", q_who=["mum"], q_words="she came late")
    desk = Desk(client, wave, two[1])
    page = desk.sends("key", q_listened="no", q_who=["mum"], q_words="she came early").content.decode()
    assert "two readings differ" in page
    assert "The first reading: <bdi>Yes</bdi>" in page
    assert "Your reading: <bdi>No</bdi>" in page
    assert "she came late" in page
    assert "Question who?" not in page
    taken = {"take_listened": "first", "take_words": "other", "o_q_words": "she came"}
    reply = desk.sends("settle", q_listened="no", q_who=["mum"], q_words="she came early", **taken)
    assert "Stored" in desk.says(reply)
    assert Response.objects.get().answers == {"listened": "yes", "who": ["mum"], "words": "she came"}


def test_the_second_reading_goes_along_and_a_place_that_is_not_decided_says_so(client, wave, two):
    keys(wave, two[0], q_listened="yes", q_words="one", q_who=["dad"])
    desk = Desk(client, wave, two[1])
    reply = desk.sends("settle", q_listened="no", q_words="two", q_who=["dad"], take_listened="first")
    page = reply.content.decode()
    assert reply.status_code == 422
    assert 'name="q_who" value="dad"' in page
    assert page.count("Say which it is.") == 2  # beside the question, and in the list of what is missing
    assert not Response.objects.exists()


def test_what_cannot_be_kept_is_shown_again_with_a_sentence(client, wave, two):
    desk = Desk(client, wave, two[0])
    reply = desk.sends("key", q_listened="perhaps", q_words=SECRET)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Please choose one of the answers shown." in page
    assert SECRET in page
    assert not PaperEntry.objects.exists()


OPENED = {"q_first": "no", "take_first": "other", "o_q_first": "yes"}


@pytest.fixture
def opening(two):
    """A survey whose every answer of yes opens more, read first as one that opens nothing."""
    rule = Rule("first", frozenset({"yes"}))
    items = (
        asking.closed_item("first", "yes", "no", "perhaps"),
        asking.closed_item("then", "yes", "no", rule=rule),
        asking.text_item("wordy", rule=Rule("then", frozenset({"yes"}))),
        asking.closed_item("order", "a", "b", kind=Kind.SORT, rule=rule),
    )
    wave = asking.open_wave(*items, of=two[0].roles_held.get().area)
    keys(wave, two[0], q_first="perhaps")
    return wave


@pytest.mark.parametrize(
    ("code", "mistake", "shown"),
    [
        ("then", {"o_q_then": "maybe"}, "Please choose one of the answers shown."),
        ("order", {"o_r_order.a": "71", "o_r_order.b": "71"}, 'value="71"'),
        ("wordy", {"take_then": "other", "o_q_then": "yes", "o_q_wordy": "typed in vain " * 400}, "typed in vain"),
    ],
)
def test_a_mistake_where_a_decision_led_is_shown_with_what_was_typed(client, opening, two, code, mistake, shown):
    desk = Desk(client, opening, two[1])
    assert desk.sends("settle", **OPENED).status_code == 422
    reply = desk.sends("settle", **OPENED, **{f"take_{code}": "other"}, **mistake)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert f'id="e-take_{code}"' in page
    assert shown in page
    assert not Response.objects.exists()


def test_what_was_decided_where_a_decision_led_goes_along_when_it_leads_further(client, opening, two):
    desk = Desk(client, opening, two[1])
    decided = {**OPENED, "take_then": "other", "o_q_then": "yes", "take_order": "blank"}
    page = desk.sends("settle", **decided).content.decode()
    for code, reading in (("then", "other"), ("order", "blank")):
        assert f'name="take_{code}" value="{reading}" checked' in page
    assert 'name="take_wordy"' in page
    reply = desk.sends("settle", **decided, take_wordy="other", o_q_wordy="late")
    assert "Stored" in desk.says(reply)
    assert Response.objects.get().answers == {"first": "yes", "then": "yes", "wordy": "late"}


def test_a_mistake_elsewhere_keeps_what_was_decided_where_a_decision_led(client, opening, two):
    desk = Desk(client, opening, two[1])
    mistaken = {**OPENED, "told": "nobody", "take_@told": "other", "o_told": "granny"}
    page = desk.sends("settle", **mistaken, take_then="other", o_q_then="no").content.decode()
    assert 'name="take_then" value="other" checked' in page


def test_both_screens_say_what_to_do_with_worrying_words_and_how_long_a_reading_waits(client, wave, two):
    desk = Desk(client, wave, two[0])
    for page in (client.get(desk.address).content.decode(), desk.begins().content.decode()):
        assert "the safeguarding lead today" in page
    assert "within 28 days" in client.get(desk.address).content.decode()


def test_a_megabyte_is_not_read(client, wave, two):
    desk = Desk(client, wave, two[0])
    assert desk.sends("key", q_words="x" * 2**20).status_code == 413
    assert desk.sends("settle", q_words="x" * 2**20).status_code == 413
    assert not PaperEntry.objects.exists()


@pytest.mark.parametrize("fields", [{"number": "\0"}, {"edition": "\0"}, {"language": "\0"}, {"after": "\0"}])
def test_nothing_odd_in_the_hidden_fields_breaks_anything(client, wave, two, fields):
    desk = Desk(client, wave, two[0])
    for to in ("key", "settle"):
        form = {"number": 12, "edition": 1, "language": "en", "after": "", **fields}
        assert client.post(f"{desk.address}{to}/", form).status_code == 302
    assert client.post(desk.address, {"step": "begin", **fields}).status_code == 302
    assert client.post(desk.address, {"step": "delete", "entry": "\0"}).status_code == 302
    assert not PaperEntry.objects.exists()


def test_settling_what_nobody_began_stores_nothing(client, wave, two):
    desk = Desk(client, wave, two[0])
    reply = desk.sends("settle", q_listened="yes")
    assert "Somebody else has finished or deleted this number" in desk.says(reply)
    assert not Response.objects.exists()


def test_looking_for_the_page_of_a_booklet_leads_to_the_list(client, wave, two):
    desk = Desk(client, wave, two[0])
    for to in ("key", "settle"):
        assert client.get(f"{desk.address}{to}/")["Location"].endswith("/paper/")


def test_nothing_of_it_stays_in_a_browser(client, wave, two):
    desk = Desk(client, wave, two[0])
    for reply in (client.get(desk.address), desk.begins(), desk.sends("key", q_listened="perhaps")):
        assert "no-store" in reply["Cache-Control"]


def test_an_entry_is_deleted_at_the_desk(client, wave, two):
    keys(wave, two[0], q_listened="yes")
    desk = Desk(client, wave, two[1])
    reply = client.post(desk.address, {"step": "delete", "entry": PaperEntry.objects.get().pk})
    assert "Deleted" in desk.says(reply)
    assert not PaperEntry.objects.exists()


def test_a_wave_past_its_grace_says_so_on_its_own_page(client, wave, two):
    from tests.integration.responses.test_paper import closed

    closed(wave, days_ago=29)
    desk = Desk(client, wave, two[0])
    reply = client.get(desk.address)
    assert reply["Location"] == f"/desk/work/waves/{wave.code}/"
    assert "late answers are over" in desk.says(reply)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTICIPATION_OFFICER])
def test_no_other_role_reaches_the_screens(client, wave, role):
    at_desk(client, staff("somebody", role, area=wave.area))
    for to in ("", "key/", "settle/"):
        address = f"/desk/work/waves/{wave.code}/paper/{to}"
        assert client.get(address).status_code in {302, 403, 404}
        reply = client.post(address, {"number": 1, "edition": 1, "language": "en"})
        assert reply.status_code in {302, 403, 404}
        assert "/paper" not in reply.get("Location", "")
    assert not PaperEntry.objects.exists()


def test_an_officer_who_is_something_else_here_reaches_nothing(client, wave):
    person = staff("far", Role.PARTICIPATION_OFFICER, area=asking.area("far"))
    staff("far", Role.BOARD_ANALYST, area=wave.area)
    at_desk(client, person)
    for to in ("", "key/", "settle/"):
        assert client.get(f"/desk/work/waves/{wave.code}/paper/{to}").status_code == 404
        assert client.post(f"/desk/work/waves/{wave.code}/paper/{to}").status_code == 404


def test_what_is_printed_in_another_language_is_keyed_as_printed_with_the_english_beside_it(client):
    texts = {"en": "Are you well?", "ar": "هل أنت بخير؟"}
    options = (Option("yes", {"en": "Yes", "ar": "نعم"}), Option("no", {"en": "No", "ar": "لا"}))
    item = Item(code="well", kind=Kind.CHOICE, texts=texts, options=options)
    frozen = asking.edition(item)
    spoken = {**frozen.document, "languages": ["en", "ar"], "title": {"en": "T", "ar": "T"}}
    type(frozen).objects.filter(pk=frozen.pk).update(document=spoken)
    frozen.refresh_from_db()
    wave = asking.open_wave(of=frozen.survey.care_council.area, edition=frozen)
    page = Desk(client, wave, *officers(wave.area, "ann")).begins(language="ar").content.decode()
    assert "هل أنت بخير؟" in page
    assert "Are you well?" in page
    assert "1 · \u2068نعم\u2069 · Yes" in page
    assert keying.languages_of(wave) == [("en", "English"), ("ar", "العربية")]
