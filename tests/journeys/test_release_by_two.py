"""From a quarter that is open to a page at an address that stays, by two people; and back, when it was wrong."""

import re

import pytest

CODE = re.compile(r"/desk/work/releases/(fernhill-[0-9a-z]+)/$")
# An area of its own, so that no other journey meets what is closed and withdrawn here.
ANSWERS = """
import csv, tempfile
from io import StringIO
from pathlib import Path
from django.core.management import call_command
from django.utils import timezone
from feedback.anonymisation.actions import sweep
from feedback.disclosure.periods import Quarter
last = Quarter.of(timezone.localdate()).previous()
folder = Path(tempfile.mkdtemp())
def write(name, rows):
    with (folder / name).open("w", newline="") as file:
        out = csv.DictWriter(file, list(rows[0])); out.writeheader(); out.writerows(rows)
    return folder / name
code = [{"variable": "fern_heard", "variable_label": "Did somebody listen?", "code": c, "value_label": v}
        for c, v in (("yes", "Yes"), ("a_bit", "A bit"), ("no", "No"))]
rows = [{"row_id": n, "area": "fernhill", "service": "visits", "stage": "plan", "audience": "AGE_12_17",
         "month": f"{last.year}-{3 * last.number - 1:02}", "fern_heard": "yes a_bit no".split()[n % 5 % 3]}
        for n in range(64)]
call_command("import_codebook", write("codebook.csv", code), wave="fernhill-heard", audience="AGE_12_17",
             stdout=StringIO())
call_command("import_responses", write("answers.csv", rows), wave="fernhill-heard", create_frame=True,
             stdout=StringIO())
sweep()
"""
TEXT = "Some say somebody listened. يقول بعضهم إن أحدًا استمع."


@pytest.fixture
def people(visitor, site):
    site.manage("shell", "-v0", "-c", ANSWERS)
    analyst = visitor("release-analyst", phone=False).signs_in("board-analyst")
    return analyst, visitor("release-checker").signs_in("output-checker"), visitor("release-public")


def presses(person, name):
    person.page.get_by_role("button", name=name, exact=True).first.click()


def test_from_an_open_quarter_to_a_page_for_everybody_and_back(people):
    analyst, checker, everybody = people
    # The analyst sees what may close, closes it, and says what the figures may mean.
    analyst.opens("/desk/work/releases/blocks/").sees("What is open, and what may close").looks("blocks", full=True)
    analyst.page.get_by_role("link", name="fernhill", exact=False).click()
    analyst.sees("May close now").looks("blocks-of-area", full=True)
    analyst.page.get_by_role("button", name="Close everything up to", exact=False).click()
    code = CODE.search(analyst.page.url)[1]
    analyst.sees("no interpretation yet")
    analyst.page.get_by_role("link", name="Say what the figures may mean").click()
    presses(analyst, "Keep, and go to the release")
    analyst.sees("no interpretation yet")
    presses(analyst, "Propose")
    analyst.sees("Say what each may mean, then propose")
    analyst.page.get_by_role("link", name="Say what the figures may mean").click()
    analyst.sees("nothing yet")
    for box in analyst.page.locator("textarea").all():
        box.fill(TEXT)
    analyst.looks("interpreting", full=True)
    presses(analyst, "Keep, and go to the release")
    analyst.sees("Every question has an interpretation")
    presses(analyst, "Propose")
    analyst.sees("A second person checks it now").was_alone()
    # The checker, on a phone, sees what everybody will see, approves and publishes.
    checker.opens(f"/desk/work/releases/{code}/").sees("This is the first release").looks("checking", full=True)
    assert checker.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    checker.opens(f"/desk/work/releases/{code}/preview/?size=phone")
    frame = checker.page.frame_locator("iframe")
    frame.get_by_text("What to ask next").wait_for()
    checker.looks("preview", full=True, accessible=False)
    checker.was_alone()
    checker.opens(f"/desk/work/releases/{code}/")
    presses(checker, "Approve")
    checker.sees("It can be published now")
    presses(checker, "Publish")
    checker.sees("Everybody can read it now")
    # Everybody reads it, with what it may mean and why nobody can be found.
    everybody.opens(f"/open-data/{code}/how/").sees("Every answer goes into exactly one published block")
    everybody.opens(f"/open-data/{code}/questions/fern_heard/")
    everybody.sees("Questions this raises").sees("Some say somebody listened.")
    everybody.looks("question", full=True)
    everybody.opens(f"/open-data/{code}/").sees("What to ask next").looks("page", full=True)
    assert everybody.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    everybody.was_alone()
    # It was wrong: it is taken back as a whole, and its address says so.
    checker.page.get_by_label("Why (everybody will read this)").fill("One file was loaded twice.")
    presses(checker, "Withdraw")
    checker.sees("Withdrawn as a whole")
    # A browser keeps the page for a minute; whoever asks again has it anew.
    everybody.page.reload()
    everybody.sees("One file was loaded twice.").looks("withdrawn", full=True)
    assert everybody.page.locator("table").count() == 0
