"""The pages of a release: what was said, how sure we are, who is missing and what to ask next, for everybody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.pages.chapters import CHAPTERS
from feedback.disclosure.blocks import Quarter
from feedback.releases import kept
from feedback.releases.actions import withdraw_release
from feedback.releases.models import Release
from surveys.frame.models import JourneyStage
from surveys.instrument.items import Kind, Option
from tests.factories import asking
from tests.factories.listening import checker, coded
from tests.integration.releases.releasing import Q1, Q2, release

pytestmark = pytest.mark.django_db
MOST_QUERIES = 19


def read(client, address, status=200):
    reply = client.get(address)
    assert reply.status_code == status, address
    return reply.content.decode()


def at(one, rest=""):
    return f"/open-data/{one.code}/{rest}"


def every_page(one, results):
    return [results, at(one), *(at(one, f"{chapter}/") for chapter in CHAPTERS), at(one, "questions/listened/")]


def published(area, *items, n=40, quarter=Q1, **given):
    edition = asking.edition(*items, of=area)
    asking.open_wave(of=area, edition=edition)
    coded(edition, area, quarter=str(quarter), n=n, **given)
    return release(area, quarter)[-1]


def always(answer):
    return lambda die: answer


def queries(client, address):
    client.get(address)  # what a process reads once a minute is not counted
    with CaptureQueriesContext(connection) as counted:
        read(client, address)
    return len(counted)


def test_a_board_member_finds_what_was_said_how_sure_who_is_missing_and_what_to_ask(client, area, results):
    published(area)
    page = read(client, results)
    for heading in ("What was said", "How sure are we?", "Who is missing?", "What to ask next"):
        assert heading in page
    assert "children and young people we heard from said: " in page
    assert "We do not know how many were asked." in page


def test_a_question_has_everything_that_is_told_of_it(client, area, results):
    one = published(area)
    page = read(client, at(one, "questions/listened/"))
    for told in (
        "Question listened?", "8 to 11 year olds", "Did not want to say", "How it was answered", "On my own: ",
        "Has it changed?", "Questions this raises", "Who is missing", "Ask next", "likely range for all children",
    ):  # fmt: skip
        assert told in page, told


@pytest.mark.parametrize("many", [40, 400])
def test_every_page_costs_few_queries_however_many_answered(client, area, results, many):
    one = published(area, n=many)
    asked = {address: queries(client, address) for address in every_page(one, results)}
    assert max(asked.values()) <= MOST_QUERIES, asked


def test_making_a_page_anew_takes_as_many_queries_for_many_answers_as_for_few(client, area):
    def made_anew(one):
        counts = []
        for rest in ("", "questions/listened/", "journey/", "missing/"):
            client.get(at(one, rest))
            kept.forget()
            with CaptureQueriesContext(connection) as counted:
                read(client, at(one, rest))
            counts.append(len(counted))
        return counts

    few, many = published(area, n=40), published(asking.area("south"), n=400)
    assert made_anew(few) == made_anew(many)


def test_what_nobody_has_released_is_not_there(client, area, results):
    assert "Nothing has been published yet" in read(client, results)
    Release.objects.create(code="north-2025q1", area=area, quarter="2025Q1", rules={})
    assert "Nothing has been published yet" in read(client, results)
    for rest in ("", "questions/", "questions/listened/", "how/"):
        read(client, f"/open-data/north-2025q1/{rest}", 404)


def test_one_response_publishes_nothing(client, area, results):
    coded(asking.edition(of=area), area, quarter="2025Q1", n=1)
    assert release(area) == []
    assert "Nothing has been published yet" in read(client, results)


def test_unknown_questions_chapters_and_releases(client, area, results):
    one = published(area)
    for rest in ("questions/nope/", "questions/listened~2/", "nope/", "questions/%00/", f"questions/{'x' * 3000}/"):
        read(client, at(one, rest), 404)
    read(client, "/open-data/nowhere/questions/listened/", 404)


def test_a_question_of_another_area_is_not_in_this_ones_release(client, area, results):
    one = published(area)
    other = published(
        asking.area("south"), asking.closed_item("theirs", "yes", "no"), answers=always({"theirs": "yes"})
    )
    read(client, at(other, "questions/theirs/"))
    read(client, at(one, "questions/theirs/"), 404)


def test_all_the_same_answer_is_never_printed_as_all(client, area, results):
    one = published(area, answers=always({"listened": "yes"}))
    page = read(client, at(one, "questions/listened/"))
    assert "over " in page
    assert "100 %</strong>" not in page
    assert "Nearly all children and young people we heard from said: Yes." in read(client, results)


def test_a_question_nobody_answered_says_so(client, area, results):
    one = published(area, answers=always({"who": ["mum"]}))
    page = read(client, at(one, "questions/listened/"))
    assert "Not shown: too few people gave an answer to this question." in page
    assert 'class="dot"' not in re.sub(r'<p class="legend.*?</p>', "", page, flags=re.DOTALL).split("Over time")[0]


def test_a_chart_of_forty_answers_is_a_table_with_a_row_for_each(client, area, results):
    codes = [f"a{number}" for number in range(40)]
    options = tuple(Option(code, {"en": f"A rather long answer, number {code[1:]}"}) for code in codes)
    item = asking.Item(code="many", kind=Kind.CHOICE, texts={"en": "Which of these?"}, options=options)
    one = published(area, item, n=400, answers=lambda die: {"many": die.choice(codes)})
    page = read(client, at(one, "questions/many/"))
    table = page.split('<table class="figure"')[1].split("</table>")[0]
    assert table.count('scope="row"') == 43  # with both ways out, and with no answer
    assert "A rather long answer, number 39" in table


def test_a_step_that_was_renamed_has_its_new_name(client, area, results):
    stage = asking.stage("plan")
    one = published(area, n=120)
    assert "Plan" in read(client, at(one, "journey/"))
    JourneyStage.objects.filter(pk=stage.pk).update(name="Making a plan <together>")
    kept.forget()
    assert "Making a plan &lt;together&gt;" in read(client, at(one, "journey/"))


def test_what_an_area_published_stays_when_it_becomes_part_of_another(client, area, results):
    one = published(area)
    area.merged_into = asking.area("south")
    area.save()
    assert "listened" in read(client, at(one, "questions/listened/"))


def test_a_release_withdrawn_while_somebody_reads_it(client, area, results):
    first = published(area)
    coded(asking.edition(of=area), area, quarter="2025Q2", n=40)
    second = release(area, Q2)[-1]
    for address in every_page(second, results):
        read(client, address)
    withdraw_release(second, reason="A file was loaded twice.", by=checker())
    for rest in ("", "questions/", "questions/listened/", "time/", "words/"):
        gone = read(client, at(second, rest), 410)
        assert "A file was loaded twice." in gone
        assert 'class="dot"' not in gone
    page = read(client, results)
    assert "the figures for April to June 2025 were wrong" in page
    assert "Published for January to March 2025" in page
    assert "questions/listened/" in page
    read(client, at(first, "questions/listened/"))


def test_periods_stand_under_one_another_and_a_withdrawn_one_is_a_gap_that_is_said(client, area, results):
    edition = asking.edition(of=area)
    asking.open_wave(of=area, edition=edition)
    for quarter in (Q1, Q2, Quarter(2025, 3)):
        coded(edition, area, quarter=str(quarter), n=40)
        last = release(area, quarter)[-1]
    page = read(client, at(last, "questions/listened/"))
    assert "could be chance" in page
    assert re.findall(r'rowheader">([A-Z]\w+ to \w+ 2025)<', page) == [
        "January to March 2025", "April to June 2025", "July to September 2025",
    ]  # fmt: skip
    withdraw_release(Release.objects.get(quarter="2025Q2"), reason="Wrong.", by=checker())
    kept.forget()
    page = read(client, at(last, "questions/listened/"))
    assert 'rowheader">April to June 2025<' not in page
    assert "The figures for April to June 2025 were withdrawn as a whole" in page


def test_old_addresses_of_questions_still_lead_to_them(client, area, results):
    one = published(area)
    assert 'id="q-listened"' in read(client, at(one))


def test_pages_are_kept_a_minute_and_not_sent_twice(client, area, results):
    one = published(area)
    for rest in ("", "questions/listened/", "time/"):
        reply = client.get(at(one, rest))
        assert reply["Cache-Control"] == "public, max-age=60"
        again = client.get(at(one, rest), headers={"If-None-Match": reply["ETag"]})
        assert again.status_code == 304


def test_no_page_has_a_colour_for_good_or_bad_or_an_order_of_merit(client, area, results):
    one = published(area, n=120)
    for address in every_page(one, results):
        page = read(client, address).casefold()
        for word in ("target of", "best", "worst", "top of", "ranked", "league"):
            assert word not in page, (word, address)
