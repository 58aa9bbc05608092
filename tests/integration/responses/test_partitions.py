"""A rehearsal: the vault in partitions by area and quarter, on PostgreSQL itself, with the code as it is.

What must change is one thing. A unique constraint of a partitioned table has to hold the columns it is partitioned by,
so an id would be unique within a quarter of an area only, and an answer that a device sends again after the last night
of a quarter would be stored twice. A narrow table of ids that is not partitioned keeps it once.
"""

import uuid
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from surveys.responses.actions import Place, look_up, new_response, record, withdraw
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import asking

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has partitions"),
]
SPRING, SUMMER = date(2026, 3, 31), date(2026, 4, 1)
# Columns, defaults and checks come along; the key has to hold what it is partitioned by, and relations are made anew.
PARTITIONED = """
ALTER TABLE responses_response RENAME TO response_in_one;
CREATE TABLE responses_response (LIKE response_in_one INCLUDING DEFAULTS INCLUDING CONSTRAINTS)
    PARTITION BY LIST (area_id);
ALTER TABLE responses_response ADD PRIMARY KEY (id, area_id, received_on);
CREATE INDEX ON responses_response (status) WHERE status IN ('received', 'cleared');
CREATE INDEX ON responses_response (area_id) WHERE has_words;
CREATE INDEX ON responses_response (receipt_digest);
CREATE INDEX ON responses_response (id);
ALTER TABLE responses_response ADD FOREIGN KEY (area_id) REFERENCES frame_area (id);
"""
AREA = """
CREATE TABLE response_of_{area} PARTITION OF responses_response FOR VALUES IN ({area}) PARTITION BY RANGE (received_on);
CREATE TABLE response_of_{area}_2026q1 PARTITION OF response_of_{area} FOR VALUES FROM ('2026-01-01') TO ('2026-04-01');
CREATE TABLE response_of_{area}_2026q2 PARTITION OF response_of_{area} FOR VALUES FROM ('2026-04-01') TO ('2026-07-01');
CREATE TABLE response_of_{area}_later PARTITION OF response_of_{area} DEFAULT;
"""
ONCE = """
CREATE TABLE response_once (id uuid PRIMARY KEY);
INSERT INTO response_once SELECT id FROM responses_response;
CREATE FUNCTION keep_response_once() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO response_once VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER once BEFORE INSERT ON responses_response FOR EACH ROW EXECUTE FUNCTION keep_response_once();
CREATE FUNCTION let_response_go() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN DELETE FROM response_once WHERE id = OLD.id; RETURN OLD; END $$;
CREATE TRIGGER gone AFTER DELETE ON responses_response FOR EACH ROW EXECUTE FUNCTION let_response_go();
"""


def sql(statements):
    with connection.cursor() as cursor:
        cursor.execute(statements)


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture
def waves():
    """Waves of two areas, and their vault in partitions."""
    made = [asking.open_wave(of=asking.area(code)) for code in ("here", "there")]
    sql(PARTITIONED)
    for wave in made:
        sql(AREA.format(area=wave.area_id))
    return made


def sends(wave, key=None, on=SPRING, words="I like my worker"):
    """Whether an answer that came on a day is new, and the answer."""
    response = new_response(
        key or uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers={"words": words},
        language="en", helper="alone",
    )  # fmt: skip
    response.received_on = on
    return record(response), response


def stored(key):
    return Response.objects.filter(pk=key).count()


def test_without_more_an_answer_sent_again_in_the_next_quarter_is_stored_twice(waves):
    """Why it is not enough to partition: this must stay so, or the table of ids is not needed any more."""
    _, response = sends(waves[0])
    assert sends(waves[0], key=response.pk)[0] is False
    assert sends(waves[0], key=response.pk, on=SUMMER)[0] is True
    assert stored(response.pk) == 2


def test_no_constraint_of_the_table_itself_could_prevent_it(waves):
    refused = pytest.raises(DatabaseError, match="must include all partitioning columns")
    with refused, transaction.atomic():
        sql("ALTER TABLE responses_response ADD CONSTRAINT only_id UNIQUE (id)")


@pytest.mark.parametrize("again_on", [SPRING, SUMMER])
def test_with_a_table_of_ids_each_answer_is_stored_once_and_the_code_stays_as_it_is(waves, again_on):
    sql(ONCE)
    is_new, response = sends(waves[0])
    assert is_new
    assert sends(waves[0], key=response.pk, on=again_on)[0] is False
    assert stored(response.pk) == 1


def test_each_row_is_where_its_area_and_quarter_are(waves):
    sql(ONCE)
    for wave in waves:
        for on in (SPRING, SPRING, SUMMER):
            sends(wave, on=on)
    found = dict(asked("SELECT tableoid::regclass::text, count(*) FROM responses_response GROUP BY 1"))
    here, there = (wave.area_id for wave in waves)
    assert found == {
        f"response_of_{here}_2026q1": 2, f"response_of_{here}_2026q2": 1,
        f"response_of_{there}_2026q1": 2, f"response_of_{there}_2026q2": 1,
    }  # fmt: skip


def test_the_sweep_reads_words_withdraws_and_erases_as_before(waves):
    sql(ONCE)
    made = [sends(wave, on=SUMMER)[1] for wave in waves for _ in range(3)]
    call_command("screen_waiting", verbosity=0)
    assert not Response.objects.awaiting_screening().exists()
    assert [one.answers["words"] for one in Response.objects.with_words()] == ["I like my worker"] * 6
    receipt = receipt_of(made[0].pk)
    assert look_up(receipt, wave=waves[0]) is not None
    withdraw(receipt, wave=waves[0])
    call_command("screen_waiting", verbosity=0)
    assert not Response.objects.filter(pk=made[0].pk).exclude(status=Response.Status.ERASED).exists()


def test_a_question_about_one_area_looks_into_its_partitions_only(waves):
    sql(ONCE)
    plan = "\n".join(
        line for (line,) in asked(f"EXPLAIN SELECT count(*) FROM responses_response WHERE area_id = {waves[0].area_id}")
    )
    assert f"response_of_{waves[0].area_id}" in plan
    assert f"response_of_{waves[1].area_id}" not in plan


def test_a_quarter_that_is_over_leaves_in_a_moment(waves):
    """What retention erases row by row today could go with its partition, once nothing of it is needed."""
    sql(ONCE)
    _, old = sends(waves[0], on=SPRING)
    _, young = sends(waves[0], on=SUMMER)
    sql(f"ALTER TABLE response_of_{waves[0].area_id} DETACH PARTITION response_of_{waves[0].area_id}_2026q1")
    assert (stored(old.pk), stored(young.pk)) == (0, 1)
    # Its ids stay, so that a device that wakes up late does not bring an answer of a quarter that is gone.
    with pytest.raises(IntegrityError), transaction.atomic():
        sends(waves[0], key=old.pk, on=SUMMER)
