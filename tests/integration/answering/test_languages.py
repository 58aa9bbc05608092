"""Whatever is refused, thanked for or asked again is said in the language answered in, and read the right way round."""

import json
import re
import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_info, gettext, override

from surveys.answering.sentences import SENTENCES, in_their_language
from surveys.fieldwork.models import OpenLink, Wave
from surveys.instrument.items import Item, Kind, Option
from surveys.instrument.sentences import Sentence
from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT, Audience
from surveys.responses.models import Response
from tests.factories import asking
from tests.integration.answering.sending import FORM, WAYS, content_of, every_way, form, plain, sealed
from tests.integration.answering.test_bad_luck import card

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(LANGUAGES) - {"en"})
every_language = pytest.mark.parametrize("language", ["ur", "cy", "so"])


def in_all(text):
    return dict.fromkeys(LANGUAGES, text)


@pytest.fixture
def wave():
    """A survey in every language."""
    offered = tuple(Option(code, in_all(code.title())) for code in ("yes", "no"))
    listened = Item("listened", Kind.CHOICE, in_all("Question listened?"), offered)
    items = (listened, Item("words", Kind.TEXT, in_all("Question words?")))
    return asking.open_wave(edition=asking.edition(*items, audience=Audience.AGE_8_11, languages=tuple(LANGUAGES)))


def said_in(language, message):
    """It is there, and it is not the English one."""
    with override(language):
        said = gettext(message)
    assert said != message, f"{message!r} has no {language}"
    return said


def is_whole_page_in(language, page):
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert said_in(language, "Hide this page") in page
    assert "Hide this page" not in page
    return True


def close(wave):
    wave.status, wave.closed_on = Wave.Status.CLOSED, timezone.localdate() - timedelta(days=29)
    wave.save()


CHOOSE = "Please choose one of the answers shown."
CLOSED = "These questions are closed. Thank you for wanting to answer."


@every_way
@every_language
def test_what_is_wrong_with_an_answer(client, wave, send, language):
    reply = send(client, wave, language=language, answers={"listened": "perhaps", "words": "سلام"})
    assert reply.status == 422
    assert said_in(language, CHOOSE) in reply.errors["listened"]
    if send is form:
        assert is_whole_page_in(language, reply.page)
        assert "سلام" in reply.page


@every_way
@every_language
@pytest.mark.parametrize("name", ["helper", "told"])
def test_what_is_wrong_with_a_word(client, wave, send, name, language):
    reply = send(client, wave, language=language, **{name: "everybody"})
    assert said_in(language, CHOOSE) in reply.errors[name]


@every_way
@every_language
def test_what_is_wrong_with_a_card(client, wave, send, language):
    card(wave)
    reply = send(client, wave, language=language, code="bcdfghjkmn")
    message = "Please type the code that is on your card."
    assert said_in(language, message) in reply.errors["" if send is form else "code"]


@every_way
@every_language
def test_a_closed_wave(client, wave, send, language):
    close(wave)
    reply = send(client, wave, language=language)
    assert reply.status == 410
    assert reply.headers["Content-Language"] == language
    if send is form:
        assert is_whole_page_in(language, reply.page)
        assert said_in(language, CLOSED) in reply.page
        assert f'href="/a/{language}/"' in reply.page
    else:
        assert reply.errors == {"": said_in(language, CLOSED)}


@every_way
@every_language
def test_other_questions(client, wave, send, language):
    reply = send(client, wave, language=language, edition="0" * 64)
    said = said_in(language, "These are answers to other questions. Please open the page again.")
    assert said in (reply.page if send is form else reply.errors[""])


def content_language(language):
    """What a device says beside a delivery, for when the delivery itself cannot be read."""
    return {"content-language": language}


UNREADABLE = {
    "half of it": (b"{", 400, "The answers did not arrive whole. Please try again."),
    "too much": (b"x" * 70_000, 413, "This is too much to send at once. Please write less."),
}


@every_language
@pytest.mark.parametrize(("body", "status", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_delivery_that_cannot_be_read_is_refused_in_the_language_of_its_page(
    client, wave, body, status, message, language
):
    address = f"/a/{wave.code}/responses/{uuid.uuid4()}/"
    reply = client.put(address, body, content_type="application/json", headers=content_language(language))
    assert reply.status_code == status
    assert reply.json()["errors"] == [{"item": "", "message": said_in(language, message)}]


@every_language
def test_a_form_that_cannot_be_read_is_refused_in_the_language_of_its_page(client, wave, language):
    address = re.search(r'formaction="([^"]+)">', client.get(f"/a/{wave.code}/{language}/").content.decode())[1]
    reply = form(client, wave, address=address, answers={"words": "x" * 1_000_000})
    assert reply.status == 413
    assert is_whole_page_in(language, reply.page)
    assert said_in(language, "This is too much to send at once. Please write less.") in reply.page


@pytest.mark.parametrize("send", [plain, sealed], ids=["plain", "sealed"])
def test_the_answers_know_better_than_the_page(client, wave, send):
    """On a shared tablet what waited is sent from whichever page is open."""
    close(wave)
    reply = send(client, wave, language="ur", headers=content_language("cy"))
    assert reply.errors == {"": said_in("ur", CLOSED)}


@pytest.mark.parametrize("wish", ["tlh", "", "ur, en", "\0", "UR", "x" * 5000])
def test_a_language_we_do_not_speak_is_answered_in_english(client, wave, wish):
    close(wave)
    assert plain(client, wave, language=wish, headers=content_language("tlh")).errors == {"": CLOSED}
    assert CLOSED in form(client, wave, language=wish).page


@pytest.mark.parametrize("wish", [7, ["ur"], {"ur": 1}, True])
def test_a_language_that_is_no_word_is_refused_and_not_a_fault_of_ours(client, wave, wish):
    reply = plain(client, wave, language=wish, headers=content_language("ur"))
    assert reply.errors == {"language": said_in("ur", "This is not a word.")}


def test_what_a_browser_says_of_its_owner_is_not_asked(client, wave):
    close(wave)
    replies = [send(client, wave, headers={"accept-language": "ur"}) for send in WAYS.values()]
    assert all(CLOSED in reply.page for reply in replies)
    page = client.get(f"/a/{wave.code}/", headers={"accept-language": "ur"}).content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert CLOSED in page


@every_language
@pytest.mark.parametrize(
    ("address", "status", "message"),
    [
        ("/a/nowhere/{0}/", 404, "There are no questions at this address."),
        ("/a/nowhere/{0}/receipt/", 404, "There are no questions at this address."),
        ("/a/{wave}/{0}/nothing/", 404, "There is nothing at this address."),
        ("/a/{wave}/{0}/thanks/made-up/", 404, "There is nothing at this address."),
    ],
)
def test_an_address_of_nothing(client, wave, address, status, message, language):
    reply = client.get(address.format(language, wave=wave.code))
    page = reply.content.decode()
    assert (reply.status_code, reply["Content-Language"]) == (status, language)
    assert is_whole_page_in(language, page)
    assert said_in(language, message) in page


@every_language
def test_questions_that_are_closed_or_not_in_this_language(client, wave, language):
    only_english = asking.open_wave()
    page = client.get(f"/a/{only_english.code}/{language}/").content.decode()
    assert said_in(language, "These questions are not there in this language.") in page
    close(wave)
    page = client.get(f"/a/{wave.code}/{language}/").content.decode()
    assert is_whole_page_in(language, page)
    assert said_in(language, CLOSED) in page


@every_language
def test_thanks_and_the_way_back_from_them(client, wave, language):
    sent = form(client, wave, language=language, answers={"words": "سلام"})
    address = sent.headers["Location"]
    assert address.startswith(f"/a/{wave.code}/{language}/thanks/")
    page = client.get(address).content.decode()
    assert is_whole_page_in(language, page)
    assert said_in(language, "Thank you. We got it.") in page
    receipt = f"/a/{wave.code}/{language}/receipt/"
    assert f'href="{receipt}"' in page
    # An address is read from left to right, also among words that are not.
    assert f'dir="ltr">testserver{receipt}</span>' in page
    page = client.get(receipt).content.decode()
    assert is_whole_page_in(language, page)
    assert f'action="{receipt}"' in page
    words = re.findall(r"<li>(\w+)</li>", client.get(address).content.decode())
    assert len(words) == 5
    found = client.post(receipt, urlencode({"words": " ".join(words)}), content_type=FORM).content.decode()
    assert is_whole_page_in(language, found)
    assert said_in(language, "We have your answers") in found
    gone = client.post(receipt, urlencode({"words": " ".join(words), "step": "back"}), content_type=FORM)
    assert said_in(language, "Your answers are deleted") in gone.content.decode()
    assert not Response.objects.exists()


@every_language
def test_thanks_that_are_over(client, wave, language, monkeypatch):
    address = form(client, wave, language=language).headers["Location"]
    monkeypatch.setattr("surveys.answering.views.THANKS_SECONDS", -1)
    page = client.get(address).content.decode()
    assert said_in(language, "Your answers were sent. Their five words are not shown any more.") in page
    assert is_whole_page_in(language, page)


def test_an_english_answer_has_no_language_in_its_addresses(client, wave):
    """What was printed and written down before stays the same."""
    address = form(client, wave).headers["Location"]
    assert address.startswith(f"/a/{wave.code}/thanks/")
    assert f'href="/a/{wave.code}/receipt/"' in client.get(address).content.decode()
    assert f'formaction="/a/{wave.code}/"' in client.get(f"/a/{wave.code}/").content.decode()


@every_language
def test_what_a_device_shows_leads_on_in_the_same_language(client, wave, language):
    page = client.get(f"/a/{wave.code}/{language}/").content.decode()
    assert f'href="/a/{wave.code}/{language}/receipt/"' in page
    waits = page.partition('<template id="waits">')[2].partition("</template>")[0]
    assert f'href="/a/{wave.code}/{language}/"' in waits


@every_language
def test_a_code_is_typed_in_every_language(client, wave, language):
    link = OpenLink.objects.create(wave=wave, place="hall", area=wave.area)
    page = client.get(f"/a/{language}/").content.decode()
    assert is_whole_page_in(language, page)
    assert f'action="/a/{language}/"' in page
    assert 'href="/a/"' in page
    wrong = client.post(f"/a/{language}/", "code=zzz", content_type=FORM)
    assert wrong.status_code == 404
    assert is_whole_page_in(language, wrong.content.decode())
    right = client.post(f"/a/{language}/", f"code={link.code}", content_type=FORM)
    assert right["Location"] == f"/a/{wave.code}/{language}/#{link.code}"


@every_language
def test_a_code_leads_to_english_where_the_questions_are_in_no_other(client, language):
    wave = asking.open_wave()
    link = OpenLink.objects.create(wave=wave, place="hall", area=wave.area)
    found = client.post(f"/a/{language}/", f"code={link.code}", content_type=FORM)
    assert found["Location"] == f"/a/{wave.code}/#{link.code}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wave_has_the_name_of_a_language(language):
    with pytest.raises(ValidationError):
        Wave(code=language).clean_fields(exclude={field.name for field in Wave._meta.fields} - {"code"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_framework_reads_our_languages_in_the_same_direction(language):
    assert get_language_info(language)["bidi"] is (language in RIGHT_TO_LEFT)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_pure_room_is_translated_with_its_blanks(sentence, monkeypatch):
    """Whatever a catalogue makes of it, what fills the blanks is the same."""
    monkeypatch.setattr("surveys.answering.sentences.gettext", lambda message: f"« {message} »")
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", sentence), 4000)
    said = in_their_language(Sentence(sentence, **values))
    assert said == f"« {sentence % values if values else sentence} »"
    assert "%" not in said


def test_what_is_too_long_is_told_with_the_number(client, wave, monkeypatch):
    monkeypatch.setattr("surveys.answering.sentences.gettext", lambda message: f"« {message} »")
    body = json.dumps(content_of(wave, answers={"words": "x" * 4001}))
    reply = client.put(f"/a/{wave.code}/responses/{uuid.uuid4()}/", body, content_type="application/json")
    (error,) = reply.json()["errors"]
    assert error["message"] == "« This is too long to send. Please use at most 4000 letters. »"
