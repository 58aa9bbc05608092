"""An area that comes to a site has all it needs, from its first line in a table to its first answer."""

import re

import pytest
from playwright.sync_api import expect

from feedback.accounts.roles import Role
from tests.journeys.test_asking import follows, leads_on, presses, saves, titles

AREA, NAME, COUNCIL, WAVE = "saltmarsh", "Saltmarsh", "Voices of the Marsh", "saltmarsh-first"
# Who they are besides: they work for this area as well from today on.
PEOPLE = {
    "administrator": Role.ADMINISTRATOR,
    "participation-officer": Role.PARTICIPATION_OFFICER,
    "second-participation-officer": Role.PARTICIPATION_OFFICER,
    "care-council-member": Role.CARE_COUNCIL_MEMBER,
    "board-officer": Role.BOARD_OFFICER,
}
COUNT = f"from surveys.responses.models import Response; print(Response.objects.filter(wave__code='{WAVE}').count())"


@pytest.fixture
def area(site, tmp_path):
    """A line in a table, roles, and a quarter of an hour later: what an operator does, and no more."""
    table = tmp_path / "areas.csv"
    table.write_text(f"area,area_name,help_name,help_number\n{AREA},{NAME},{NAME} duty team,01632 960123\n")
    site.manage("import_areas", str(table))
    for person, role in PEOPLE.items():
        site.manage("staff", person, "--role", role.value, "--area", AREA)
    site.manage("tick")
    return f"/desk/work/areas/{AREA}/"


def adds_a_council(administrator, area):
    page = administrator.opens(area).page
    councils = page.locator("section", has=page.get_by_role("heading", name="Care councils"))
    councils.get_by_label("What it calls itself").fill(COUNCIL)
    councils.get_by_label("Who is in it").fill("Nine young people who live with foster carers or in homes.")
    leads_on(administrator, councils.get_by_role("button", name="Keep these care councils").click)
    expect(councils.get_by_role("group", name=COUNCIL)).to_be_visible()
    councils.scroll_into_view_if_needed()
    administrator.looks("2-council")


def drafts_a_survey(officer):
    follows(officer.opens("/desk/work/surveys/"), f"Draft a survey for {NAME}")
    page = officer.page
    titles(page, "What it is like here")
    page.select_option("#id_care_council", label=COUNCIL)
    page.select_option("#id_audience", "AGE_12_17")
    page.fill("#id_introduction", "A few questions about your social worker.")
    saves(officer)
    follows(officer.opens("/desk/work/surveys/"), "What it is like here")
    return f"/desk/work/surveys/{re.search(r'/surveys/([0-9]+)/', page.url)[1]}/"


def works_at_the_bench(officer, survey):
    page = officer.opens(f"{survey}workbench/?q=social+worker").page
    leads_on(officer, page.get_by_role("button", name=re.compile("^Add ")).first.click)
    page.fill("#space", "On your own phone, where you want.")
    page.fill("#voice", "Read aloud, or with somebody.")
    page.fill("#decision_maker", "Ada Okafor, who leads the social workers")
    page.fill("#report_back_on", "2027-06-30")
    presses(officer, "Keep who listens").sees("All four are said").looks("2-workbench", full=True)


def test_from_a_line_in_a_table_to_the_first_answer(visitor, site, area):
    family = visitor("new-area-family").opens("/")
    follows(family, f"{NAME} listens").sees("We ask whether they were helped and heard").looks("1-home", full=True)
    follows(family, "What happens to an answer").sees("Groups of fewer than 10 people are never shown")
    family.looks("2-about", full=True)
    board = visitor("new-area-board", phone=False).signs_in("board-officer").opens("/desk/work/pages/")
    expect(board.page.get_by_role("link", name=f"Go to the pages of {NAME} listens")).to_be_visible()
    board.looks("1-pages", full=True)

    administrator = visitor("new-area-administrator", phone=False).signs_in("administrator")
    administrator.opens(area).looks("1-area", full=True)
    adds_a_council(administrator, area)

    officer = visitor("new-area-officer", phone=False).signs_in("participation-officer")
    survey = drafts_a_survey(officer)
    works_at_the_bench(officer, survey)
    presses(officer.opens(survey), "Submit for approval")
    young = visitor("new-area-young").signs_in("care-council-member")
    presses(young.opens(survey), "Approve for the care council")
    second = visitor("new-area-second", phone=False).signs_in("second-participation-officer")
    presses(second.opens(survey), "Freeze it").sees("Edition 1")
    officer.opens(survey)
    officer.page.fill("#name", "The first time")
    officer.page.fill("#code", WAVE)
    presses(officer, "Plan the wave")
    presses(officer, "Open")
    answers(visitor("new-area-child").opens(f"/a/{WAVE}/"))
    assert site.manage("shell", "-v0", "-c", COUNT).split()[-1] == "1"


def answers(child):
    go_on, here = "section.s:visible a.next:visible", child.page.locator("section.s:visible")
    child.page.locator(go_on).first.wait_for()
    while here.locator("button.send").count() == 0:
        if (choice := here.locator("label.o")).count():
            choice.first.click()
        child.page.locator(go_on).first.click()
    here.locator("button.send").click()
    child.page.locator(".receipt").wait_for(state="visible")
    child.looks("1-thanked").was_alone()
