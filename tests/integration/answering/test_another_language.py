"""Choosing another language without JavaScript: the form comes back in it, and nothing of it is kept."""

from urllib.parse import urlencode

import pytest

from surveys.instrument.items import Item, Kind, Option
from surveys.responses.models import Response
from tests.factories import asking

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
LISTENED = Item(
    code="listened",
    kind=Kind.CHOICE,
    texts={"en": "Do they listen?", "ur": "کیا وہ سنتے ہیں؟"},
    options=(Option("yes", {"en": "Yes", "ur": "جی ہاں"}), Option("no", {"en": "No", "ur": "نہیں"})),
)
WORDS = Item(code="words", kind=Kind.TEXT, texts={"en": "What helped?", "ur": "کس چیز نے مدد کی؟"})


@pytest.fixture
def wave():
    texts = {"en": "About you", "ur": "آپ کے بارے میں"}
    edition = asking.edition(LISTENED, WORDS, languages=("en", "ur"), title=texts)
    return asking.open_wave(edition=edition)


def sends(client, wave, **fields):
    fields = {"edition": wave.edition.digest, "language": "en", "helper": "read", "told": "nobody", **fields}
    return client.post(f"/a/{wave.code}/", urlencode(fields), content_type=FORM)


def test_the_form_comes_back_in_the_other_language_with_what_was_answered(client, wave):
    page = sends(client, wave, to="ur", q_listened="no", q_words="my words 🙂", code="abcd")
    shown = page.content.decode()
    assert page.status_code == 200
    assert page["Content-Language"] == "ur"
    assert page["Cache-Control"] == "no-store"
    assert 'dir="rtl"' in shown
    assert "کیا وہ سنتے ہیں؟" in shown
    for given in (
        'value="no" checked',
        "my words 🙂</textarea>",
        'value="read" checked',
        'value="nobody" checked',
        'value="abcd"',
    ):
        assert given in shown
    assert Response.objects.count() == 0


@pytest.mark.parametrize("language", ["pl", "xx", "en\0", "<script>"])
def test_a_language_that_is_not_there_is_refused(client, wave, language):
    refused = sends(client, wave, to=language, q_words="my words")
    assert refused.status_code == 404
    assert "my words" not in refused.content.decode()
    assert language not in refused.content.decode() or language in {"pl"}


def test_no_other_site_can_have_a_form_shown(client, wave):
    fields = urlencode({"edition": wave.edition.digest, "to": "ur"})
    refused = client.post(f"/a/{wave.code}/", fields, content_type=FORM, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
