"""Every audience of the demo, from four year olds to professionals: what they meet follows from who they are."""

import csv
import io
import json
import urllib.request

import pytest

from tests.journeys.test_phone_faults import sends, unsealed, watches
from tests.journeys.test_respondents import chooses, goes_on, on_screen
from tests.journeys.test_ways_of_answering import draws

# The design's table: how tall what is touched must be, in px.
TARGETS = {
    "4-and-5": 64, "6-and-7": 64, "8-to-11": 48, "12-to-17": 44, "care-leavers": 44, "parents": 44, "professionals": 44,
}  # fmt: skip
TOUCHED = "label.o, label.w, .go a, .go button, .send, textarea, select"


@pytest.mark.parametrize("wave", TARGETS)
def test_what_is_touched_is_as_large_as_this_audience_needs(visitor, wave):
    somebody = visitor(f"targets-{wave}").opens(f"/a/thistledown-{wave}/")
    for section in somebody.page.locator("section.s").all():
        somebody.page.evaluate("(id) => { location.hash = id }", section.get_attribute("id"))
        for target in section.locator(TOUCHED).all():
            if target.is_visible():
                assert target.bounding_box()["height"] >= TARGETS[wave] - 0.5, target.inner_text()
    assert somebody.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_conversation_with_a_four_year_old_is_held_aloud(visitor):
    two = visitor("four").opens("/a/thistledown-4-and-5/").looks("1-what", full=True)
    two.sees("To you who hold this: read it aloud together")
    goes_on(two)
    two.looks("2-promise")
    goes_on(two)
    assert on_screen(two) == "To you who hold this: who taps?"
    assert not two.page.get_by_text("I am on my own").count()
    chooses(two, "I read aloud, they tap").looks("3-who", full=True)
    goes_on(two)
    assert on_screen(two) == "How is your day today?"
    chooses(two, "Not good").looks("4-faces", full=True)
    goes_on(two)
    chooses(two, "We play").looks("5-this-or-that", full=True)
    goes_on(two)
    chooses(two, "Listens to me")
    goes_on(two)
    chooses(two, "I don’t know")
    goes_on(two)
    draws(two)
    two.looks("6-drawing", full=True)
    goes_on(two)
    assert on_screen(two) == "Time for a stretch"
    goes_on(two)
    two.page.locator("textarea:visible").fill("i want to see my nan on sundays")
    two.looks("7-tell", full=True)
    goes_on(two)
    goes_on(two)
    two.sees("May other people read what you said?").looks("8-others", full=True)
    goes_on(two)
    two.sees("if anything worried you").looks("8-send")
    sent = watches(two)
    sends(two).sees("Someone reads what you said and drew.").looks("9-thanks")
    found = unsealed(sent[0])
    assert found["helper"] == "read"
    assert found["answers"].pop("t_place")["strokes"]
    assert found["answers"] == {
        "t_today": "not_good", "t_visit": "play", "t_listens": "listens", "t_feels": "do_not_know",
        "t_tell": "i want to see my nan on sundays",
    }  # fmt: skip
    two.was_alone()


def test_a_conversation_can_be_held_without_a_script(visitor):
    two = visitor("four-no-script", java_script_enabled=False).opens("/a/thistledown-4-and-5/")
    two.sees("To you who hold this")
    goes_on(two)
    goes_on(two)
    chooses(two, "They say it, I tap")
    goes_on(two)
    assert on_screen(two) == "How is your day today?"
    chooses(two, "Good")
    two.opens("/a/thistledown-4-and-5/#s-send")
    sends(two).sees("Thank you. We got it.")


def test_a_care_leaver_answers(visitor):
    leaver = visitor("leaver").opens("/a/thistledown-care-leavers/").looks("1-what", full=True)
    for _ in range(3):
        goes_on(leaver)
    assert on_screen(leaver) == "Could you choose where you live now?"
    leaver.looks("2-question", full=True)
    leaver.opens("/a/thistledown-care-leavers/#s-l_papers")
    chooses(leaver, "A bank account")
    chooses(leaver, "None of these").looks("3-none-of-these", full=True)
    # *None of these* takes the others back.
    assert [box.get_attribute("value") for box in leaver.page.locator("#s-l_papers input:checked").all()] == ["none"]
    leaver.opens("/a/thistledown-care-leavers/#s-l_adviser")
    chooses(leaver, "No")
    goes_on(leaver)
    assert on_screen(leaver) == "Did you have a say in your pathway plan?"
    goes_on(leaver)
    leaver.page.get_by_role("button", name="Help with money").click()
    leaver.looks("4-order", full=True)
    goes_on(leaver)
    chooses(leaver, "6").looks("5-ladder", full=True)
    goes_on(leaver)
    leaver.sees("Samaritans, 116 123").looks("6-words", full=True)
    leaver.page.evaluate("location.hash = 's-send'")
    sent = watches(leaver)
    sends(leaver).sees("What care leavers say is put together")
    found = unsealed(sent[0])["answers"]
    assert found == {"l_papers": ["none"], "l_adviser": "no", "l_first": ["money"], "l_life": "6"}
    leaver.was_alone()


def test_a_professional_answers(visitor):
    worker = visitor("professional").opens("/a/thistledown-professionals/").looks("1-what", full=True)
    assert "your family" not in worker.page.locator("main").inner_text()
    for _ in range(3):
        goes_on(worker)
    assert on_screen(worker) == "Do you have enough time to listen to each child you work with?"
    chooses(worker, "Sometimes").looks("2-question", full=True)
    worker.page.evaluate("location.hash = 's-send'")
    sent = watches(worker)
    sends(worker).sees("What professionals say is put together")
    assert unsealed(sent[0])["answers"] == {"w_time": "sometimes"}
    worker.was_alone()


@pytest.mark.parametrize("wave", ["4-and-5", "care-leavers", "professionals"])
def test_the_new_ones_can_be_read_from_right_to_left(visitor, wave):
    somebody = visitor(f"rtl-{wave}").opens(f"/a/thistledown-{wave}/ar/").looks("1-what", full=True)
    for _ in range(3):
        goes_on(somebody)
    somebody.looks("2-question", full=True)
    assert somebody.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    somebody.was_alone()


def test_what_four_year_olds_say_is_in_no_figure(site):
    """The demo has their conversations, and nothing public knows of them."""
    held = site.manage(
        "shell", "-v0", "-c",
        "from feedback.anonymisation.models import CodedResponse;"
        "print(CodedResponse.objects.filter(audience='AGE_4_5').count())",
    )  # fmt: skip
    assert int(held.split()[-1]) > 20
    released = json.loads(site.manage("list_releases", "--json"))
    seen = set()
    for code in [one["id"] for one in released if one["state"] == "published"]:
        with urllib.request.urlopen(f"{site.address}/open-data/{code}/published.csv") as file:
            rows = list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")))
        assert not [row for row in rows if row["audience"] == "AGE_4_5" or row["question"].startswith("t_")]
        seen |= {row["audience"] for row in rows} | {row["question"] for row in rows}
    # While those of the others are there.
    assert {"CARE_LEAVER", "PROFESSIONAL", "l_life", "w_time"} <= seen
