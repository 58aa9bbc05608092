"""Each promise, and each way in: what is refused, what is stored, and what is said."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from feedback.accounts.roles import Role
from surveys.fieldwork.actions import invite, make_link, open_wave, pin_edition, plan_wave
from surveys.fieldwork.link_codes import card_serial
from surveys.fieldwork.models import Invitation
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import digest, write
from surveys.instrument.promises import IF_NOT_SAFE, MY_PERSON, NOBODY_KNOWS, TERMS
from surveys.instrument.wording import Audience
from surveys.responses.actions import Place, new_response, record, withdraw
from surveys.responses.coded_cards import CodedCard, open_card
from surveys.responses.imports import import_responses
from surveys.responses.models import Response
from surveys.responses.paper_actions import check_may_key
from surveys.responses.receipts import receipt_of
from surveys.responses.sealed import CannotOpenWords
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.answering.test_cards_and_seals import cards, put

pytestmark = pytest.mark.django_db


def wave_of(promise, *, terms=TERMS, of=None, **fields):
    """An open wave of an edition frozen with this promise."""
    of = of or asking.area()
    frozen = asking.edition(of=of, promise=promise, terms=terms if promise != NOBODY_KNOWS else 0, **fields)
    return asking.open_wave(edition=frozen, of=of)


@pytest.fixture
def officer():
    return staff("officer", Role.PARTICIPATION_OFFICER)


@pytest.fixture
def coded():
    return wave_of(IF_NOT_SAFE)


def test_with_a_card_its_number_is_kept_sealed(client, coded):
    (code,) = cards(coded, 1)
    assert put(client, coded, code).status_code == 201
    response = Response.objects.get()
    kept = CodedCard.objects.get()
    assert kept.response_key == response.pk
    assert kept.card == card_serial(code)
    assert card_serial(code) not in CodedCard.objects.values_list("card", flat=True).get()
    assert open_card(response.pk, on=timezone.localdate()) == card_serial(code)


def test_the_number_is_not_the_code_and_is_the_same_however_it_is_typed(coded):
    (code,) = cards(coded, 1)
    assert card_serial(code) == card_serial(f" {code[:5].upper()}-{code[5:]}")
    assert len(card_serial(code).replace(" ", "")) == 12
    assert code not in card_serial(code)


@pytest.mark.parametrize("typed", ["", "zzzzzzzz", "bcdfg hjkmn"])
def test_without_a_card_nothing_comes_in(client, coded, typed):
    answer = put(client, coded, typed)
    assert answer.status_code == 422
    assert "card" in answer.json()["errors"][0]["message"]
    assert not Response.objects.exists()


def test_no_poster_no_paper_and_no_file_under_this_promise(coded, officer, tmp_path):
    with pytest.raises(NotAllowed, match="only with a card"):
        make_link(coded, place="Hall", area=coded.area, by=officer)
    with pytest.raises(NotAllowed, match="only with a card"):
        check_may_key(coded, by=officer)
    file = tmp_path / "rows.csv"
    file.write_text("row_id,area,audience,month\n")
    with pytest.raises(NotAllowed, match="only with a card"):
        import_responses(file, wave=coded, by=officer)


def test_no_poster_made_elsewhere_is_a_way_in(client, coded):
    from surveys.fieldwork.models import OpenLink

    link = OpenLink.objects.create(wave=coded, place="Hall", area=coded.area)
    assert put(client, coded, link.code).status_code == 422


def test_nothing_of_a_card_is_kept_under_nobody_knows(client):
    wave = wave_of(NOBODY_KNOWS)
    (code,) = cards(wave, 1)
    more = {"serial": "1234 5678 9012", "card": code, "promise": IF_NOT_SAFE, "terms": 1, "way": "card"}
    assert put(client, wave, code, **more).status_code == 201
    assert not CodedCard.objects.exists()


def test_nothing_of_a_card_is_kept_whatever_code_is_handed_over():
    """Also where another part of the program would hand the number over."""
    wave = wave_of(NOBODY_KNOWS)
    response = arrived(wave)
    record(response, serial="1234 5678 9012")
    assert not CodedCard.objects.exists()


def arrived(wave):
    return new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers={"words": "hello"},
        language="en", helper="alone",
    )  # fmt: skip


def test_a_response_without_a_way_in_is_not_stored_under_this_promise(coded):
    with pytest.raises(NotAllowed):
        record(arrived(coded))
    assert not Response.objects.exists()


def test_sending_twice_keeps_one_number(client, coded):
    (code,) = cards(coded, 1)
    key = uuid.uuid4()
    assert [put(client, coded, code, response_id=key).status_code for _ in range(2)] == [201, 200]
    assert put(client, coded, code).status_code == 422
    assert CodedCard.objects.count() == 1


def test_what_is_taken_back_takes_the_number_along(client, coded):
    (code,) = cards(coded, 1)
    key = uuid.uuid4()
    put(client, coded, code, response_id=key)
    assert withdraw(receipt_of(key), wave=coded)
    assert not CodedCard.objects.exists()


def test_an_edition_frozen_before_is_kept_as_it_was_told(client):
    """Its screens said nobody knows, whatever was chosen for it."""
    wave = wave_of(IF_NOT_SAFE, terms=0)
    assert "Nobody knows it was you" in client.get(f"/a/{wave.code}/").content.decode()
    (code,) = cards(wave, 1)
    assert put(client, wave, code).status_code == 201
    assert put(client, wave, "").status_code == 201
    assert not CodedCard.objects.exists()


def test_my_person_is_asked_of_nobody_but_in_conversations(officer):
    of = asking.area()
    counted = asking.edition(of=of, promise=MY_PERSON, terms=TERMS)
    with pytest.raises(NotAllowed, match="Choose another promise"):
        plan_wave(counted, code="mine", name="Mine", area=of, by=officer)
    wave = asking.open_wave(edition=counted, of=of)
    wave.status, wave.opened_on = "planned", None
    wave.save()
    with pytest.raises(NotAllowed, match="Choose another promise"):
        open_wave(wave, by=officer)


def newer(wave, **fields):
    """The next edition of a wave's survey."""
    from surveys.design.models import Edition

    document = write(asking.instrument(asking.text_item("words"), **fields))
    return Edition.objects.create(
        survey=wave.edition.survey, number=2, document=document, digest=digest(document),
        frozen_on=timezone.localdate(), frozen_by=staff("freezer", Role.PARTICIPATION_OFFICER),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"promise": NOBODY_KNOWS}, {"promise": IF_NOT_SAFE, "terms": TERMS}),
        ({"promise": IF_NOT_SAFE, "terms": TERMS}, {"promise": NOBODY_KNOWS}),
        ({"promise": IF_NOT_SAFE, "terms": TERMS}, {"promise": IF_NOT_SAFE}),
        ({"promise_added": {"en": "Ask us about it."}}, {}),
    ],
)
def test_no_wave_goes_on_under_another_promise(officer, before, after):
    of = asking.area()
    wave = asking.open_wave(edition=asking.edition(of=of, **before), of=of)
    with pytest.raises(NotAllowed, match="promises something else"):
        pin_edition(wave, newer(wave, **after), by=officer)
    wave.refresh_from_db()
    assert wave.edition.number == 1


def test_a_newer_edition_with_the_same_promise_is_pinned(officer, coded):
    pin_edition(coded, newer(coded, promise=IF_NOT_SAFE, terms=TERMS), by=officer)
    assert coded.edition.number == 2


SAID = {
    Audience.AGE_8_11: ("Only if you are not safe", "Your card has a number.", "we ask your worker whose card it is"),
    Audience.AGE_12_17: ("Only if you are not safe", "Your card has a number.", "we ask your worker whose card it is"),
    Audience.CARE_LEAVER: ("Only if you are not safe", "Your card has a number.", "we ask your worker whose card it"),
    Audience.PARENT_CARER: ("Only if a child is not safe", "Your card has a number.", "we ask your worker whose card"),
}


@pytest.mark.parametrize("audience", SAID)
def test_what_is_said_before_and_after(client, audience):
    of = asking.area()
    frozen = asking.edition(
        of=of, audience=audience, promise=IF_NOT_SAFE, terms=TERMS, promise_added={"en": "Ask your worker about it."}
    )
    wave = asking.open_wave(edition=frozen, of=of)
    page = client.get(f"/a/{wave.code}/").content.decode()
    for words in (*SAID[audience], "Ask your worker about it.", "If two people look up your card"):
        assert words in page
    assert "Nobody knows" not in page
    assert "We do not know who you are" not in page


def test_the_words_of_nobody_knows_do_not_speak_of_cards(client):
    page = client.get(f"/a/{wave_of(NOBODY_KNOWS).code}/").content.decode()
    assert "Nobody knows it was you" in page
    assert "look up" not in page


def test_another_key_does_not_open_it_and_an_older_one_does(client, coded, settings):
    (code,) = cards(coded, 1)
    put(client, coded, code)
    key = CodedCard.objects.get().response_key
    old = settings.EARSHOT_WORDS_KEYS
    settings.EARSHOT_WORDS_KEYS = ["ab" * 32]
    with pytest.raises(CannotOpenWords):
        open_card(key, on=timezone.localdate())
    settings.EARSHOT_WORDS_KEYS = ["ab" * 32, *old]
    assert open_card(key, on=timezone.localdate()) == card_serial(code)


def test_a_number_sealed_for_one_response_is_not_opened_as_that_of_another(client, coded):
    for code in cards(coded, 2):
        put(client, coded, code)
    one, other = CodedCard.objects.all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE responses_codedcard SET card = (SELECT card FROM responses_codedcard WHERE response_key = %s) "
            "WHERE response_key = %s",
            [CodedCard._meta.pk.get_db_prep_value(key, connection) for key in (other.pk, one.pk)],
        )
    with pytest.raises(CannotOpenWords):
        open_card(one.pk, on=timezone.localdate())


def test_who_has_the_database_and_the_workers_list_but_no_key_joins_nothing(client, coded):
    """A dump of every row, the numbers of all cards and who got them: no two sealed numbers say anything."""
    codes = cards(coded, 10)
    used = codes[:6]
    for code in used:
        put(client, coded, code)
    out = StringIO()
    call_command("dumpdata", "responses", "fieldwork", stdout=out)
    for code in codes:
        for clue in (code, card_serial(code), card_serial(code).replace(" ", "")):
            assert clue not in out.getvalue()
    sealed = [str(card) for card in CodedCard.objects.values_list("card", flat=True)]
    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == len(used)
    digests = [bytes(card.code_digest).hex() for card in Invitation.objects.all()]
    assert not any(digest_[:8] in one for digest_ in digests for one in sealed)


def test_nothing_joins_a_card_and_a_response_in_the_schema():
    with connection.cursor() as cursor:
        names = connection.introspection.get_relations(cursor, CodedCard._meta.db_table)
    assert not names


def test_cards_under_this_promise_are_printed_with_their_numbers(client, coded):
    from tests.factories.people import at_desk

    at_desk(client, staff("printer", Role.PARTICIPATION_OFFICER, area=coded.area))
    page = client.post(f"/desk/work/waves/{coded.code}/cards/", {"cards": "2"}).content.decode()
    assert page.count("Card number") == 3
    assert "Only if you are not safe" in page
    assert "mix them" not in page
    plain = wave_of(NOBODY_KNOWS, of=coded.area)
    assert "Card number" not in client.post(f"/desk/work/waves/{plain.code}/cards/", {"cards": "2"}).content.decode()


def test_the_screens_of_the_wave_offer_no_other_way_in(client, coded):
    from tests.factories.people import at_desk

    at_desk(client, staff("printer", Role.PARTICIPATION_OFFICER, area=coded.area))
    page = client.get(f"/desk/work/waves/{coded.code}/").content.decode()
    assert "Only if you are not safe" in page
    assert "Make a poster" not in page
    assert client.get(f"/desk/work/waves/{coded.code}/booklet/en/").status_code == 404


def test_cards_expire_as_any_card_does(client, coded, officer):
    (code,) = invite(coded, cards=1, area=coded.area, expires_on=timezone.localdate() + timedelta(days=1), by=officer)
    Invitation.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert put(client, coded, code).status_code == 422
