"""A young person drafts a question, it is argued about and agreed on, and its first answer comes in Welsh."""

import json
import re

import pytest

STAGE = "plan"
QUESTION, SURVEY, WAVE = "phone_away", "Being listened to", "thistledown-listened"
LEADS = "Don’t you think your social worker never puts the phone away and listens?"
ASKS = "When you last met, did your social worker put their phone away?"
OFFICIAL = "At your last statutory visit, did your allocated practitioner refrain from using their mobile telephone?"
BETTER = "When you last met, did your social worker put their phone away to listen?"
INTRODUCTION = "One question about being listened to."
WELSH = "Pan wnaethoch chi gwrdd ddiwethaf, a wnaeth eich gweithiwr cymdeithasol roi ei ffôn o’r neilltu i wrando?"
IN_WELSH = {
    SURVEY: "Cael fy nghlywed",
    INTRODUCTION: "Un cwestiwn am gael dy glywed.",
    BETTER: WELSH,
    "Yes": "Do",
    "Some of the time": "Weithiau",
    "No": "Naddo",
}
# A second young person of the council, who wrote nothing of it.
SECOND = """
import json
from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role
from surveys.frame.models import Area
user = User.objects.create(username="second-young", is_staff=True, password=make_password("look-around-earshot"))
RoleHeld.objects.create(user=user, role=Role.CARE_COUNCIL_MEMBER, area=Area.objects.get(code="thistledown"))
TOTPDevice.objects.create(user=user, name="App")
device = StaticDevice.objects.create(user=user, name="Recovery codes")
codes = [StaticToken.random_token() for _ in range(10)]
StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
print(json.dumps(codes))
"""
ANSWERED = f"""
import json
from surveys.responses.models import Response
print(json.dumps([[r.language, r.stage.code, r.answers] for r in Response.objects.filter(wave__code="{WAVE}")]))
"""


@pytest.fixture(scope="module")
def second_young(site):
    site.recovery_codes["second-young"] = json.loads(site.manage("shell", "-v0", "-c", SECOND))
    return "second-young"


def leads_on(person, act):
    """Does what leads to another page, and waits for it; the editor saves by itself and changes the address."""
    person.page.evaluate("window.isBefore = true")
    act()
    person.page.wait_for_function("() => !window.isBefore && document.readyState === 'complete'")
    return person


def saves(person):
    page = person.page
    leads_on(person, page.get_by_role("button", name="Save draft").click)
    refused = page.locator("[aria-invalid=true]").evaluate_all("found => found.map(field => [field.id, field.value])")
    assert not refused, refused
    return person


def presses(person, button):
    return leads_on(person, person.page.get_by_role("button", name=button, exact=True).first.click)


def follows(person, link):
    return leads_on(person, person.page.get_by_role("link", name=link, exact=True).first.click)


def titles(page, title):
    """Types a title and leaves it; the editor makes a part of the address of it a moment later."""
    page.fill("#id_title", title)
    page.locator("#id_title").blur()
    page.wait_for_function("() => document.querySelector('#id_slug').value")


def drafts_a_question(young):
    follows(young.opens("/desk/work/bank/"), "Draft a question")
    page = young.page
    titles(page, "Phones when we meet")
    page.fill("#id_code", QUESTION)
    page.select_option("#id_theme", "listened")
    page.fill("#id_purpose", "Whether a worker who is there is there for you.")
    page.click("#id_wordings-ADD")
    page.select_option("#id_wordings-0-audience", "AGE_12_17")
    page.fill("#id_wordings-0-text", LEADS)
    for number, label in enumerate(["Yes", "Some of the time", "No"]):
        page.click("#id_options-ADD")
        page.fill(f"#id_options-{number}-code", label.lower().split(" ")[0])
        page.fill(f"#id_options-{number}-label", label)
    saves(young)


def meets_the_linter(young):
    young.page.locator(".desk-findings").first.scroll_into_view_if_needed()
    assert young.page.locator(".desk-findings .must").count() >= 1
    young.looks("linter-says-must", accessible=False)
    young.page.fill("#id_wordings-0-text", ASKS)
    saves(young)
    assert young.page.locator(".desk-findings .must").count() == 0


def drafts_a_survey(young):
    follows(young.opens("/desk/work/surveys/"), "Draft a survey for Thistledown")
    page = young.page
    titles(page, SURVEY)
    page.select_option("#id_care_council", label="The Lanterns")
    page.select_option("#id_audience", "AGE_12_17")
    page.fill("#id_introduction", INTRODUCTION)
    saves(young)
    follows(young.opens("/desk/work/surveys/"), SURVEY)
    number = re.search(r"/surveys/(\d+)/", page.url)[1]
    return f"/desk/work/surveys/{number}/"


def works_at_the_bench(young, survey):
    young.opens(f"{survey}workbench/?q=phone")
    presses(young, f"Add {QUESTION}").sees(ASKS)
    page = young.page
    page.fill("#space", "On your own phone, where you want.")
    page.fill("#voice", "In your language, read aloud, or with somebody.")
    page.fill("#decision_maker", "Ada Okafor, who leads the social workers")
    page.fill("#report_back_on", "2027-06-30")
    presses(young, "Keep who listens").sees("All four are said").looks("workbench", full=True)
    young.opens(f"{survey}preview/")
    shown = page.frame_locator("iframe.framed")
    shown.get_by_text("This is a try-out").wait_for(state="visible")
    shown.get_by_text(ASKS).wait_for(state="attached")
    young.looks("preview", full=True, accessible=False)


def opens_the_question(person, survey):
    person.opens(f"{survey}workbench/")
    follows(person, f"Open {QUESTION}")
    return person


def suggests(officer, survey, words, why):
    opens_the_question(officer, survey)
    officer.page.fill("#other", words)
    officer.page.fill("#reason", why)
    presses(officer, "Suggest these words").sees(words)


def decides_on_words(young, survey, button, answer):
    opens_the_question(young, survey)
    young.page.locator("[id^=answer-]").first.fill(answer)
    presses(young, button).sees(answer)


def says_it_in_welsh(officer, survey):
    officer.opens(f"{survey}translations/cy/")
    rows = officer.page.locator("ol.beside li")
    for row in rows.all():
        english = row.locator("[lang=en]").first.inner_text()
        row.locator("textarea").fill(IN_WELSH[english.strip()])
    presses(officer, "Keep these words")
    officer.page.check("input[name=speaks]")
    presses(officer, "Note it as checked").looks("welsh", full=True)


def test_from_a_young_persons_draft_to_the_first_answer_in_welsh(visitor, site, second_young):
    young = visitor("asking-1-young", phone=False).signs_in("care-council-member")
    drafts_a_question(young)
    meets_the_linter(young)
    survey = drafts_a_survey(young)
    phone = visitor("asking-2-young-phone").signs_in("care-council-member")
    works_at_the_bench(phone, survey)

    officer = visitor("asking-3-officer", phone=False).signs_in("participation-officer")
    suggests(officer, survey, OFFICIAL, "This is what the procedures call it.")
    decides_on_words(phone, survey, "Refuse them", "Nobody our age says this.")
    phone.looks("refused", full=True)
    suggests(officer, survey, BETTER, "So that it is clear what putting it away is for.")
    decides_on_words(phone, survey, "Accept these words", "Yes, that is what we meant.")
    presses(opens_the_question(officer, survey), "Put it into the bank’s draft").sees("Put in")

    question = officer.opens(f"/desk/work/bank/?words={QUESTION}").page.locator("table a").first.get_attribute("href")
    presses(phone.opens(question), "Submit for approval")
    second = visitor("asking-4-second-young").signs_in(second_young)
    presses(second.opens(question), "Approve for the care council")
    other = visitor("asking-5-second-officer", phone=False).signs_in("second-participation-officer")
    presses(other.opens(question), "Confirm it").sees("a second adult confirmed it")
    other.sees("How it came to be").looks("question-history", full=True)

    says_it_in_welsh(officer, survey)
    presses(officer.opens(survey), "Submit for approval")
    presses(second.opens(survey), "Approve for the care council")
    presses(other.opens(survey), "Freeze it").sees("Edition 1")
    officer.opens(survey)
    officer.page.fill("#name", "Being listened to, autumn")
    officer.page.fill("#code", WAVE)
    officer.page.select_option("#stage", STAGE)
    presses(officer, "Plan the wave")
    presses(officer, "Open")
    officer.page.fill("#place", "The library")
    presses(officer, "Make a poster")
    officer.looks("wave", full=True)
    officer.page.locator("#stage").scroll_into_view_if_needed()
    officer.looks("wave-poster")

    follows(officer, "The library, Having a plan").looks("poster", accessible=False)
    answers_in_welsh(visitor("asking-6-child").opens(f"/a/{WAVE}/cy/"))
    (kept,) = json.loads(site.manage("shell", "-v0", "-c", ANSWERED))
    assert kept == ["cy", STAGE, {QUESTION: "some"}]


def answers_in_welsh(child):
    go_on = "section.s:visible a.next:visible"
    child.page.locator(go_on).first.click()
    child.page.locator(go_on).first.click()
    child.page.evaluate(f"location.hash = 's-{QUESTION}'")
    child.page.locator("section.s:visible").get_by_text(WELSH).wait_for(state="visible")
    child.page.locator("section.s:visible").get_by_text("Weithiau", exact=True).click()
    child.looks("asked-in-welsh")
    child.page.evaluate("location.hash = 's-send'")
    child.page.locator("section.s:visible button.next").click()
    child.page.locator(".receipt").wait_for(state="visible")
    child.looks("thanked-in-welsh").was_alone()
