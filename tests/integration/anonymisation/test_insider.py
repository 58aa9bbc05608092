"""Who reads the whole database once links are erased cannot join a response to what was made of it.

Read are all tables and all columns, and what the database itself keeps of each row: where it lies and which transaction
wrote it. Tried are all values that two rows share, and all ways of laying two tables beside one another in an order.
"""

import random
import uuid
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from feedback.accounts.roles import Role
from feedback.anonymisation.actions import put_in_block, sweep
from feedback.anonymisation.comments import Comment, CommentLink
from feedback.anonymisation.erasing import erase_old_answers
from feedback.anonymisation.models import CodedResponse, Linkage
from feedback.safeguarding.actions import finish_reading
from surveys.responses.actions import Place, new_response, record
from surveys.responses.models import Response
from tests.factories import asking
from tests.factories.people import staff
from tests.integration.releases.releasing import Q1, release

pytestmark = pytest.mark.django_db(transaction=True)
CAME = date(2025, 2, 3)
N = 40
# Of 40, one is right by chance; nine or more would be once in a million.
BY_CHANCE = 8


@pytest.fixture
def wave():
    return asking.open_wave(of=asking.area("north"))


def somebody_answers(wave, dice):
    response = new_response(
        uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id),
        answers={"listened": dice.choice(["yes", "no", "sometimes"]), "words": "all is well"},
        language="en", helper="alone", on=CAME,
    )  # fmt: skip
    assert record(response)
    return response.pk


def insider(model):
    """Every row with every column, its place, and who wrote and who locked it last, as plain values."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    if not columns:
        return []
    hidden = "ctid::text, xmin::text, xmax::text" if connection.vendor == "postgresql" else "rowid, 0, 0"
    with connection.cursor() as cursor:
        named = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(f'SELECT {named}, {hidden} FROM "{model._meta.db_table}"')
        rows = cursor.fetchall()
    return [dict(zip((*columns, "place", "transaction", "locked_by"), map(plain, row), strict=True)) for row in rows]


def plain(value):
    """So that two tables can be compared, and rows put in order."""
    return str(value).replace("-", "").lower()


def in_order(value):
    """Numbers as numbers, places in a file by page and row, the rest as text."""
    parts = value.strip("()").split(",")
    return (0, *map(int, parts)) if all(part.isdecimal() for part in parts) else (1, value)


def joined_by_value(ours, theirs):
    """For each pair of columns, the pairs of ids whose values are the same and lead to one row only."""
    for one in ours[0]:
        for other in theirs[0]:
            rows = {}
            for row in theirs:
                rows.setdefault(row[other], []).append(row["id"])
            found = {row["id"]: rows[row[one]][0] for row in ours if len(rows.get(row[one], ())) == 1}
            yield (one, other), found


def joined_by_order(ours, theirs):
    """For each pair of columns, the pairs of ids that lie beside one another."""
    for one in ours[0]:
        for other in theirs[0]:
            left, right = (
                sorted(rows, key=lambda row, by=by: in_order(row[by])) for rows, by in ((ours, one), (theirs, other))
            )
            for there in (right, right[::-1]):
                yield (one, other), {a["id"]: b["id"] for a, b in zip(left, there, strict=False)}


def best(ours, theirs, pairs):
    """The way of joining that is right most often, and how often it is."""
    ways = [*joined_by_value(ours, theirs), *joined_by_order(ours, theirs)]
    right = [(sum(pairs[a] == b for a, b in found.items()), way) for way, found in ways]
    return max(right)


def pairs_of_links(model, row):
    return {plain(getattr(link, row)): plain(link.response_key) for link in model.objects.all()}


def erase_links():
    """All that is kept on purpose to find one by the other."""
    Linkage.objects.all().delete()
    CommentLink.objects.all().delete()


def answered(wave, *, sweeps_after):
    dice = random.Random(7)
    for number in range(N):
        somebody_answers(wave, dice)
        if number % sweeps_after == sweeps_after - 1:
            sweep()


def read_by_a_lead(wave):
    lead = staff("lead", Role.SAFEGUARDING_LEAD, area=wave.area)
    for response in Response.objects.order_by("pk"):
        finish_reading(response.pk, is_worrying=False, by=lead)


@pytest.mark.parametrize("sweeps_after", [1, N], ids=["a sweep after each", "one sweep"])
def test_once_links_are_erased_nothing_joins_coded_responses_to_the_vault(wave, sweeps_after):
    answered(wave, sweeps_after=sweeps_after)
    read_by_a_lead(wave)
    release(wave.area, Q1)
    assert erase_old_answers() == N
    pairs = pairs_of_links(Linkage, "coded_id")
    assert len(pairs) == N
    erase_links()
    right, way = best(insider(CodedResponse), insider(Response), pairs)
    assert right <= BY_CHANCE, way


def test_neither_are_comments_joined_nor_coded_responses_to_comments(wave):
    answered(wave, sweeps_after=N)
    read_by_a_lead(wave)
    sweep()
    # What nobody has decided about goes with the answers, so all are as if a moderator had found them usable.
    Comment.objects.update(status=Comment.Status.MODERATED)
    release(wave.area, Q1)
    assert erase_old_answers() == N
    of_coded, of_comments = pairs_of_links(Linkage, "coded_id"), pairs_of_links(CommentLink, "comment_id")
    assert len(of_coded) == N
    erase_links()
    comments, comment_of = insider(Comment), {response: comment for comment, response in of_comments.items()}
    assert len(comments) == len(of_comments) == N
    right, way = best(comments, insider(Response), of_comments)
    assert right <= BY_CHANCE, way
    pairs = {coded: comment_of[response] for coded, response in of_coded.items()}
    right, way = best(insider(CodedResponse), comments, pairs)
    assert right <= BY_CHANCE, way


def test_this_reader_finds_them_while_links_are_there(wave):
    """The test can fail: the links join all, and so does the random key while the vault still has it."""
    answered(wave, sweeps_after=N)
    pairs = pairs_of_links(Linkage, "coded_id")
    links = [{**row, "id": row["coded_id"]} for row in insider(Linkage)]
    assert best(links, insider(Response), pairs)[0] == N
    erase_links()
    assert best(insider(CodedResponse), insider(Response), pairs) == (N, ("record_key", "record_key"))


def test_this_reader_finds_them_by_their_places_where_rows_are_written_as_they_came(wave):
    """The test can fail: written one after another as responses came, places alone join them."""
    answered(wave, sweeps_after=1)
    read_by_a_lead(wave)
    erase_old_answers()
    pairs = pairs_of_links(Linkage, "coded_id")
    erase_links()
    if connection.vendor == "sqlite":  # PostgreSQL has put the responses elsewhere when they were emptied
        assert best(insider(CodedResponse), insider(Response), pairs)[0] > BY_CHANCE
    release(wave.area, Q1)
    assert best(insider(CodedResponse), insider(Response), pairs)[0] <= BY_CHANCE


def test_no_other_table_leads_from_one_to_the_other(wave):
    """Once links are erased, no row anywhere holds both the id of a response and that of what was made of it."""
    answered(wave, sweeps_after=N)
    read_by_a_lead(wave)
    sweep()
    release(wave.area, Q1)
    erase_links()
    responses = {row["id"] for row in insider(Response)}
    made = {row["id"] for model in (CodedResponse, Comment) for row in insider(model)}
    assert responses
    assert made
    for model in apps.get_models():
        for row in insider(model):
            text = " ".join(row.values())
            assert not (any(key in text for key in responses) and any(key in text for key in made)), model


def test_being_written_anew_changes_nothing_but_the_mark(wave):
    answered(wave, sweeps_after=N)
    assert CodedResponse.objects.count() == N
    fields = [field.attname for field in CodedResponse._meta.concrete_fields if field.name != "is_in_block"]
    before = {row["id"]: row for row in CodedResponse.objects.values(*fields)}
    links = set(Linkage.objects.values_list("coded_id", "response_key"))
    put_in_block(wave.area, quarters=["2025Q1"], by=None)
    assert {row["id"]: row for row in CodedResponse.objects.values(*fields)} == before
    assert set(Linkage.objects.values_list("coded_id", "response_key")) == links
    assert not CodedResponse.objects.filter(is_in_block=False).exists()
