"""A key is changed while the site goes on, also when the change is killed halfway; and only then an old one can go."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from surveys.responses import resealing
from surveys.responses.keys_in_use import in_use, keys_fit_the_database
from surveys.responses.models import Response
from surveys.responses.words_keys import id_of, key_ids, sealed_under
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.stored import store, stored

pytestmark = pytest.mark.django_db
NEW = "cd" * 32
WORD = "zyzzyva"
ANSWERS = "responses.Response.answers."


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    assert WORD not in out.getvalue()
    return out.getvalue()


@pytest.fixture
def responses(monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 2)
    wave = asking.open_wave()
    return [arrives(wave, f"{WORD} {number}") for number in range(5)]


@pytest.fixture
def old(responses, settings):
    """The old key; a new one stands before it from now on."""
    (before,) = settings.EARSHOT_WORDS_KEYS
    settings.EARSHOT_WORDS_KEYS = [NEW, before]
    return before


def everybody_reads():
    return {row.answers["words"] for row in Response.objects.all()} == {f"{WORD} {number}" for number in range(5)}


def test_both_keys_open_and_the_newest_seals(old, responses):
    assert everybody_reads()
    found = Response.objects.get(pk=responses[0].pk)
    assert found.answers
    found.save()
    assert sealed_under(stored(found, "answers")) == id_of(NEW)


def test_killed_halfway_it_goes_on_where_it_was(old, responses, monkeypatch, settings):
    once = resealing._rewrite_batch
    batches = []

    def power_cut(*arguments):
        if len(batches) == 2:
            raise KeyboardInterrupt
        batches.append(1)
        once(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(resealing, "_rewrite_batch", power_cut)
        with pytest.raises(KeyboardInterrupt):
            run("reseal_words")
    under = [sealed_under(stored(row, "answers")) for row in responses]
    assert sorted(under.count(key) for key in key_ids()) == [1, 4]
    assert everybody_reads()
    # Without the old key nothing would start.
    settings.EARSHOT_WORDS_KEYS = [NEW]
    assert keys_fit_the_database(None)
    settings.EARSHOT_WORDS_KEYS = [NEW, old]
    assert f"1 sealed anew: {ANSWERS}" in run("reseal_words")
    assert f"0 sealed anew: {ANSWERS}" in run("reseal_words")
    assert everybody_reads()


def test_an_old_key_can_go_once_no_row_needs_it(old, settings):
    said = run("prove_words")
    assert f"5 open under {id_of(old)}: {ANSWERS}" in said
    assert "can be taken away" not in said
    run("reseal_words")
    assert f"No row needs {id_of(old)}: that key can be taken away." in run("prove_words")
    settings.EARSHOT_WORDS_KEYS = [NEW]
    assert not keys_fit_the_database(None)
    assert everybody_reads()
    assert run("prove_words").endswith("5 open.\n")


def test_prove_says_that_the_key_is_wrong(responses, settings):
    settings.EARSHOT_WORDS_KEYS = [NEW]
    out = StringIO()
    with pytest.raises(CommandError, match="5 rows do not open"):
        call_command("prove_words", stdout=out)
    assert "5 DO NOT OPEN" in out.getvalue()


def test_reseal_refuses_while_a_key_is_missing(responses, settings):
    settings.EARSHOT_WORDS_KEYS = [NEW]
    with pytest.raises(CommandError, match="Put it back"):
        run("reseal_words")


def test_one_damaged_row_is_counted_and_keeps_no_other(old, responses):
    store(responses[2], "answers", stored(responses[2], "answers")[:-4] + "AAA=")
    with pytest.raises(CommandError, match="1 rows were left"):
        run("reseal_words")
    out = StringIO()
    with pytest.raises(CommandError, match="1 rows do not open"):
        call_command("prove_words", stdout=out)
    assert f"4 open under {id_of(NEW)}: {ANSWERS}" in out.getvalue()
    assert id_of(old) in in_use()


def test_a_key_that_is_lost_can_be_given_up(responses, settings):
    (before,) = settings.EARSHOT_WORDS_KEYS
    with pytest.raises(CommandError, match="not lost"):
        run("reseal_words", "--give-up", id_of(before))
    settings.EARSHOT_WORDS_KEYS = [NEW]
    with pytest.raises(CommandError, match="5 rows were left"):
        run("reseal_words", "--give-up", id_of(before))
    assert not keys_fit_the_database(None)
    with pytest.raises(CommandError, match="Nothing was given up"):
        run("reseal_words", "--give-up", id_of(before))
