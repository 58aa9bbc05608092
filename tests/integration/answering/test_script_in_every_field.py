"""Script in every field: it is shown again as text, and no page is built otherwise because of it."""

import copy
import json
import uuid
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import sweep
from feedback.safeguarding.models import Concern
from feedback.safeguarding.screening import Screening
from surveys.instrument.items import Item, Kind, Option
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.answering import WORRY
from tests.factories.people import at_desk, staff
from tests.integration.answering.sending import FORM, content_of, every_way, plain, sealed

pytestmark = pytest.mark.django_db
HARMLESS = "harmless"
SCRIPTS = [
    "</textarea></title><script>window.pwned=1</script><!--]]>",
    "\"'><img src=x onerror=window.pwned=1> autofocus onfocus='window.pwned=1' x=\"",
    "javascript:window.pwned=1//{{ 7|add:7 }}{% now 'Y' %}{% csrf_token %}&lt;b&gt;&#60;i&#62;%3Cb%3E",
]
with_scripts = pytest.mark.parametrize("script", SCRIPTS, ids=["tags", "quotes", "addresses and templates"])


class Built(HTMLParser):
    """How a page is built, and what can be read or changed on it."""

    def __init__(self, page):
        super().__init__()
        self.parts, self.said = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        leads = [value for name, value in attributes if name in {"href", "src", "action", "formaction"}]
        self.parts.append((tag, sorted(name for name, _ in attributes), leads))
        self.said += [value for name, value in attributes if name == "value"]

    def handle_comment(self, data):
        self.parts.append("comment")

    def handle_data(self, data):
        self.said.append(data.strip())


def check(page, harmless, *, shows=""):
    """The two pages are built alike; what is shown again is shown letter by letter."""
    found = Built(page)
    assert found.parts == Built(harmless).parts
    assert "14" not in found.said
    if shows:
        assert [said for said in found.said if shows in said]


def open_wave():
    offered = tuple(Option(code, {"en": code}) for code in ("one", "two"))
    return asking.open_wave(
        *(Item(kind.value, kind, {"en": "?"}, offered) for kind in (Kind.CHOICE, Kind.MULTI, Kind.SORT)),
        *(Item(kind.value, kind, {"en": "?"}) for kind in (Kind.SHORT, Kind.TEXT, Kind.DRAWING)),
    )


@pytest.fixture(scope="module")
def opened(built_once):
    return built_once(open_wave)


@pytest.fixture
def wave(opened):
    return copy.deepcopy(opened)


def posts(client, address, **fields):
    reply = client.post(address, urlencode(fields, doseq=True), content_type=FORM)
    return reply.content.decode()


FIELDS = ["helper", "told", "code", "language", "edition", "q_choice", "q_multi", "q_sort", "q_short", "q_text",
          "q_drawing", "q_<script>"]  # fmt: skip


@with_scripts
@pytest.mark.parametrize("field", FIELDS)
def test_in_a_form_that_is_shown_again(client, wave, field, script):
    def shown(value):
        # The choice is always wrong, so that the page comes back whatever else is.
        usual = {"edition": wave.edition.digest, "language": "en", "q_choice": "wrong"}
        return posts(client, f"/a/{wave.code}/", **{**usual, field: value})

    is_shown = field in {"code", "q_short", "q_text", "q_drawing"}
    check(shown(script), shown(HARMLESS), shows=script if is_shown else "")
    assert not Response.objects.exists()


@with_scripts
def test_in_a_code_that_is_typed(client, script):
    check(posts(client, "/a/", code=script), posts(client, "/a/", code=HARMLESS), shows=script[:40])


@with_scripts
@pytest.mark.parametrize("step", ["", "back", "<script>"])
def test_in_the_words_of_a_receipt(client, wave, script, step):
    address = f"/a/{wave.code}/receipt/"
    pages = [posts(client, address, words=words, step=step) for words in (script, HARMLESS)]
    check(*pages, shows=script)


def test_in_the_words_of_a_receipt_that_is_found(client, wave):
    """Everything but letters is passed over, so that words among signs are found; they are shown as they were typed."""
    words = plain(client, wave, answers={}).headers.json()["receipt"]
    typed = f"{words} <>\"'{{{{}}}}"
    page = posts(client, f"/a/{wave.code}/receipt/", words=typed)
    assert "We have your answers" in page
    check(page, posts(client, f"/a/{wave.code}/receipt/", words=words), shows=typed)


@with_scripts
@pytest.mark.parametrize(
    "address",
    ["/a/{0}/", "/a/{0}/ur/", "/a/{wave}/{0}/", "/a/{0}/receipt/", "/a/{wave}/thanks/{0}/", "/a/posters/{0}/",
     "/a/{wave}/responses/{0}/", "/a/{0}"],
)  # fmt: skip
def test_in_an_address(client, wave, address, script):
    def shown(value):
        return client.get(address.format(quote(value, safe=""), wave=wave.code), follow=True)

    found = shown(script)
    assert found.status_code in {404, 405}
    check(found.content.decode(), shown(HARMLESS).content.decode())
    assert not [said for said in Built(found.content.decode()).said if script in said]


@with_scripts
@pytest.mark.parametrize("send", [plain, sealed], ids=["plain", "sealed"])
@pytest.mark.parametrize(
    "field", ["edition", "language", "code", "helper", "told", "choice", "multi", "sort", "drawing"]
)
def test_what_a_device_gets_is_never_a_page(client, wave, send, field, script):
    is_answer = field not in content_of(wave)
    reply = send(client, wave, **({"answers": {field: [script]}} if is_answer else {field: script, "answers": {}}))
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert script not in reply.page
    assert reply.was_stored is (field == "code")


def test_a_question_that_does_not_exist_is_named_in_json_only(client, wave):
    body = json.dumps(content_of(wave, answers={SCRIPTS[0]: "x"}))
    reply = client.put(f"/a/{wave.code}/responses/{uuid.uuid4()}/", body, content_type="application/json")
    assert (reply.status_code, reply["Content-Type"]) == (422, "application/json")
    assert reply.json()["errors"] == [{"item": SCRIPTS[0], "message": "This survey does not ask that."}]


def desk(client, wave, path):
    at_desk(client, staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area))
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def arrives(client, wave, send, words):
    before = set(Response.objects.values_list("pk", flat=True))
    assert send(client, wave, answers={"text": words, "short": words[:199], "drawing": words}).was_stored
    sweep()
    (key,) = set(Response.objects.values_list("pk", flat=True)) - before
    return key


@pytest.fixture
def _nothing_noticed(monkeypatch):
    """What is noticed is listed below the words, and is not the same of both."""
    monkeypatch.setattr("feedback.safeguarding.actions.screened_or_not", lambda text, **_: Screening(()))


@every_way
@with_scripts
@pytest.mark.usefixtures("_nothing_noticed")
def test_a_lead_reads_it_as_it_was_written(client, wave, send, script):
    keys = [arrives(client, wave, send, words) for words in (script, HARMLESS)]
    pages = [work_of(desk(client, wave, f"/desk/work/texts/{key}/")) for key in keys]
    check(*pages, shows=script)


@every_way
@with_scripts
@pytest.mark.usefixtures("_nothing_noticed")
def test_a_worry_is_read_as_it_was_written(client, wave, send, script):
    keys = [arrives(client, wave, send, f"{WORRY} {words}") for words in (script, HARMLESS)]
    assert script not in desk(client, wave, "/desk/work/worries/")
    worries = [Concern.objects.get(response_key=key) for key in keys]
    pages = [work_of(desk(client, wave, f"/desk/work/worries/{worry.pk}/")) for worry in worries]
    check(*pages, shows=script)


def work_of(page):
    """A page of the desk without the menu around it and the one-time values of its forms."""
    found = page.partition('class="nice-padding')[2].partition("<form")[0]
    assert "blockquote" in found
    return found
