"""Faces, pictures, again, a ladder, an order, a drawing: by touch, without a script, in other languages."""

import json

import pytest

from tests.journeys.test_phone_faults import sends, unsealed, watches
from tests.journeys.test_respondents import chooses, goes_on, on_screen

SIX, YOUNG = "/a/thistledown-6-and-7/", "/a/thistledown-12-to-17/"


def draws(child):
    sheet = child.page.locator(".pad svg").bounding_box()
    x, y = sheet["x"] + 60, sheet["y"] + 60
    child.page.mouse.move(x, y)
    child.page.mouse.down()
    for step in range(1, 20):
        child.page.mouse.move(x + step * 6, y + (step % 5) * 8)
    child.page.mouse.up()


def test_a_six_year_old_answers_with_pictures_and_a_drawing(visitor):
    child = visitor("six").opens(SIX).looks("1-what", full=True)
    for _ in range(3):
        goes_on(child)
    child.looks("2-practice")
    goes_on(child)
    assert on_screen(child) == "What does your social worker do?"
    chooses(child, "Listens to me").looks("3-this-or-that", full=True)
    goes_on(child)
    chooses(child, "Not good").looks("4-faces", full=True)
    goes_on(child)
    chooses(child, "Maybe").looks("5-again", full=True)
    goes_on(child)
    draws(child)
    draws(child)
    child.page.get_by_role("button", name="Undo").click()
    child.looks("6-drawing", full=True)
    goes_on(child)
    assert on_screen(child) == "Did someone tell you what to say?"
    chooses(child, "No, I said what I think").looks("7-told")
    goes_on(child)
    sent = watches(child)
    sends(child).sees("Thank you. We got it.")
    found = unsealed(sent[0])
    assert found["told"] == "nobody"
    strokes = found["answers"].pop("y_draw")["strokes"]
    assert strokes.count("M") == 1
    assert found["answers"] == {"y_listens": "listens", "y_visit": "not_good", "y_again": "maybe"}
    child.was_alone()


def test_targets_of_the_youngest_are_large(visitor):
    child = visitor("targets").opens(SIX + "#s-y_visit")
    for target in child.page.locator("#s-y_visit label, #s-y_visit a").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 64, target.inner_text()


def test_a_young_person_climbs_a_ladder_and_puts_things_in_order(visitor):
    young = visitor("young-ways").opens(YOUNG + "#s-safe_ladder")
    chooses(young, "7").looks("ladder", full=True)
    goes_on(young)
    for thing in ("Is honest with me", "Listens to me"):
        young.page.get_by_role("button", name=thing).click()
    young.looks("order", full=True)
    young.page.get_by_role("button", name="Is honest with me").click()
    young.page.get_by_role("button", name="Is honest with me").click()
    goes_on(young)
    young.page.evaluate("location.hash = 's-send'")
    sent = watches(young)
    sends(young).sees("Thank you. We got it.")
    assert unsealed(sent[0])["answers"] == {"safe_ladder": "7", "matters": ["listens", "honest"]}


def test_everything_can_be_answered_without_a_script(visitor, site):
    child = visitor("plain", java_script_enabled=False).opens(SIX + "#s-y_draw")
    child.page.locator("textarea:visible").fill("plain day words")
    child.looks("drawing", accessible=False)
    child.opens(YOUNG + "#s-matters")
    child.page.locator("select:visible").first.select_option("honest")
    child.looks("order", accessible=False)
    child.opens(YOUNG + "#s-send")
    sends(child).sees("Thank you. We got it.")
    found = site.manage(
        "shell", "-v0", "-c",
        "from surveys.responses.models import Response;"
        "print([r.answers['matters'] for r in Response.objects.filter(wave__code='thistledown-12-to-17')"
        " if r.answers.get('matters') == ['honest']][:1])",
    )  # fmt: skip
    assert json.loads(found.strip().replace("'", '"')) == [["honest"]]


@pytest.mark.parametrize("language", ["cy", "pl", "ro", "ur", "ar", "uk", "so"])
def test_the_survey_speaks_the_languages_of_families(visitor, language):
    direction = "rtl" if language in {"ur", "ar"} else "ltr"
    parent = visitor(f"parent-{language}").opens(f"/a/thistledown-parents/{language}/").looks("1-what", full=True)
    assert parent.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language,
        direction,
    ]
    parent.page.evaluate("location.hash = 's-p_report'")
    parent.looks("2-question", full=True)
    assert parent.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown = parent.page.locator("section.s:visible").inner_text()
    assert not [word for word in ("Next", "Did you", "Yes", "I don’t know") if word in shown]
    parent.page.locator("section.s:visible label.o").first.click()
    parent.page.evaluate("location.hash = 's-send'")
    sent = watches(parent)
    parent.page.locator(".send").click()
    parent.page.locator(".receipt li").first.wait_for()
    found = unsealed(sent[0])
    assert (found["language"], list(found["answers"])) == (language, ["p_report"])
    parent.was_alone()


def test_a_language_is_chosen_on_the_first_screen(visitor):
    parent = visitor("chooses").opens("/a/thistledown-parents/")
    for name, address in (
        ("Polski", "**/a/thistledown-parents/pl/#s-what"),
        ("English", "**/a/thistledown-parents/#s-what"),
    ):
        parent.page.click(".langs summary")
        parent.page.get_by_role("button", name=name).click()
        parent.page.wait_for_url(address)
