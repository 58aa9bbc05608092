"""The pages of promises: for everybody and each audience in words of its own, in eight languages, never another's."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.pages.theme_words import theme_heading
from feedback.promises import actions
from feedback.promises.policies import Outcome, Said
from surveys.bank.themes import Theme
from surveys.instrument.wording import LANGUAGES
from tests.factories import asking
from tests.factories.promising import in_days, late, officer, owner, promised, told, words
from tests.integration.promises.test_reminding import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return asking.area("north")


def page(client, address=""):
    answer = client.get(f"/promises/north/{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_each_audience_reads_its_own_words_and_everybody_all(client, area):
    promised(area, "AGE_6_7", "AGE_8_11")
    promised(area, "PARENT_CARER")
    assert page(client).count("You said to all") == 2
    child = page(client, "8-11/")
    assert "We will for AGE_8_11" in child
    assert "AGE_6_7" not in child
    assert "PARENT_CARER" not in child
    assert "Hide this page" in child
    assert "0800 1111" in child


def test_what_is_late_is_said_in_days_and_in_no_colour(client, area):
    late(area, days=12)
    late(area, days=1)
    child = page(client, "8-11/")
    assert "This should have been done 12 days ago." in child
    assert "This should have been done yesterday." in child
    assert child.index("12 days ago") < child.index("yesterday")


def test_what_came_of_it_is_under_its_own_heading(client, area):
    actions.keep(promised(area), told("AGE_8_11", text="Done for"), by=owner(area))
    because = [Outcome(one, "en", "No money") for one in ("", "AGE_8_11")]
    promised(area, words=[Said(one, "en", "A pony") for one in ("", "AGE_8_11")], because=because, due_on=None)
    actions.take_back(promised(area), told("AGE_8_11", text="A mistake"), by=officer(area))
    child = page(client, "8-11/")
    for said in ("We did this", "Done for AGE_8_11", "We can’t do this", "No money", "We took this back", "A mistake"):
        assert said in child


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_frames_what_staff_wrote(client, area, language):
    late(area)
    spoken = "" if language == "en" else f"{language}/"
    child = page(client, f"8-11/{spoken}")
    assert f'lang="{language}"' in child
    assert ('dir="rtl"' in child.split("<body")[0]) == (language in {"ar", "ur"})
    assert ("You said" in child.split("You said to AGE")[0].replace("You said to", "")) == (language == "en")
    assert language == "en" or '<h3 lang="en" dir="ltr">' in child


def test_what_staff_wrote_in_their_language_is_read_in_it(client, area):
    actions.add_words(promised(area), [Said("AGE_8_11", "ar", "قلتم", "سنفعل")], by=officer(area))
    child = page(client, "8-11/ar/")
    assert "سنفعل" in child
    assert "We will for" not in child


def test_a_survey_nobody_answered_in_time_is_late_for_children(client, area):
    asked(area, -9)
    child = page(client, "8-11/")
    assert "We have not told you yet." in child
    assert "9 days ago" in child
    assert "We have not told you yet." not in page(client, "parents/")


def test_an_empty_area_says_what_will_be_here_and_others_are_not_found(client, area):
    assert "There is nothing here yet" in page(client, "12-17/")
    for address in ("/promises/nowhere/", "/promises/north/4-5/", "/promises/north/8-11/xx/"):
        assert client.get(address).status_code == 404
    area.languages = ["pl"]
    area.save()
    assert client.get("/promises/north/8-11/ar/").status_code == 404
    assert client.post("/promises/north/").status_code == 405


def test_the_page_of_an_area_that_is_part_of_another_leads_there(client, area):
    promised(area)
    area.merged_into = asking.area("south")
    area.save()
    answer = client.get("/promises/north/8-11/pl/")
    assert answer["Location"] == "/promises/south/8-11/pl/"
    assert "We will for AGE_8_11" in client.get("/promises/south/8-11/").content.decode()


def test_markup_of_staff_is_shown_as_it_was_typed(client, area):
    promised(area, words=[*words(), Said("AGE_8_11", "en", "<script>x</script>", "We will <b>")])
    child = page(client, "8-11/")
    assert "<script>x" not in child
    assert "&lt;script&gt;x" in child


def test_many_promises_cost_no_more_questions(client, area):
    def asks():
        with CaptureQueriesContext(connection) as captured:
            page(client)
            page(client, "8-11/")
        return len(captured)

    promised(area)
    few = asks()
    for _ in range(5):
        actions.keep(promised(area, "AGE_8_11", "AGE_12_17"), told("AGE_8_11", "AGE_12_17"), by=owner(area))
    assert asks() == few < 30


def test_a_poster_has_what_can_be_read_from_afar_and_a_code(client, area):
    for number in range(4):
        said = [*words(), Said("AGE_8_11", "en", f"Said {number}", f"Will {number}")]
        promised(area, words=said)
    poster = page(client, "8-11/poster/")
    assert poster.count('class="pair"') in {2, 3}
    assert "Said 3" in poster
    assert "Said 0" not in poster
    assert "/promises/north/8-11/" in poster
    assert 'role="img"' in poster


def test_a_poster_of_one_promise_in_one_language_and_of_long_words(client, area):
    long = "word " * 59
    first = promised(area, words=[*words(), Said("AGE_8_11", "en", long, long)])
    promised(area)
    poster = page(client, f"8-11/pl/poster/?p={first.pk}")
    assert poster.count('class="pair"') == 1
    assert 'class="a4 promised small"' in poster or 'class="a4 promised least"' in poster
    assert "You said to AGE_8_11" not in poster
    assert page(client, "8-11/poster/?p=x&p=999999999999999999999").count('class="pair"') == 0


def test_nothing_taken_back_hangs_on_a_wall(client, area):
    actions.take_back(promised(area), told("AGE_8_11"), by=officer(area))
    assert "There is nothing here yet" in page(client, "8-11/poster/")


def test_a_day_that_was_moved_is_told_with_both_days_and_why(client, area):
    actions.move_day(promised(area), in_days(20), told("AGE_8_11", text="It rained for"), by=owner(area))
    child = page(client, "8-11/")
    assert "It rained for AGE_8_11" in child
    assert "Now it is for" in child


def test_a_file_has_a_row_for_each_promise_and_no_formula(client, area):
    made = late(area, words=[Said("", "en", "=1+1", "We will"), *words("AGE_8_11")[1:]])
    actions.take_back(promised(area), told("AGE_8_11", text="A mistake"), by=officer(area))
    answer = client.get("/promises/north/promises.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["status"], row["you_said"], row["days_late"]) for row in rows] == [
        ("made", "'=1+1", "12"),
        ("taken_back", "", "0"),
    ]
    assert (rows[0]["number"], rows[0]["audiences"], rows[1]["because"]) == (str(made.pk), "AGE_8_11", "A mistake all")


def test_every_theme_of_the_bank_is_said_in_the_language_of_whoever_reads():
    for language in LANGUAGES:
        with translation.override(language):
            said = {theme: theme_heading(theme) for theme in Theme}
        with translation.override("en"):
            english = {theme: str(theme.label) for theme in Theme}
        assert len(set(said.values())) == len(Theme)
        assert said == english if language == "en" else not set(said.values()) & set(english.values())


@pytest.mark.parametrize(("language", "about"), [("", "Coming when they said"), ("pl/", "Przychodzenie wtedy")])
def test_what_a_promise_is_about_is_read_on_pages_and_posters_and_not_by_the_youngest(client, area, language, about):
    promised(area, "AGE_6_7", "AGE_8_11", "AGE_12_17")
    assert f'<h2 class="theme">{about}' in page(client, language)
    assert f'<span class="about">· {about}' in page(client, f"12-17/{language}")
    assert f'<span class="about">· {about}' in page(client, f"8-11/{language}poster/")
    assert about not in page(client, f"6-7/{language}")


def test_something_else_is_a_heading_and_is_said_beside_no_promise(client, area):
    promised(area, "AGE_12_17", theme="other")
    assert '<h2 class="theme">Something else' in page(client)
    assert "Something else" not in page(client, "12-17/")
