"""Each of the eleven roles does its job in its own area, and meets a closed door elsewhere."""

import json

import pytest

from feedback.accounts.roles import Role
from tests.journeys.quoting import is_read, passes_drawings

HERE, THERE = "thistledown", "port-wrenley"
# Somebody of each role who holds it in one area only; the demo's own accounts hold theirs in both.
MAKES = """
import json
from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from feedback.accounts.models import RoleHeld, User
from feedback.accounts.roles import Role
from feedback.releases.models import Release
from feedback.safeguarding.models import Concern
from surveys.design.models import SurveyPage
from surveys.frame.models import Area
from cms.pages.models import HomePage
password, codes = make_password("look-around-earshot"), {}
for role in Role:
    area = None if role == Role.NATIONAL_OVERSEER else Area.objects.get(code="thistledown")
    name = "only-" + role.replace("_", "-")
    user = User.objects.create(username=name, is_staff=True, password=password)
    RoleHeld.objects.create(user=user, role=role, area=area)
    TOTPDevice.objects.create(user=user, name="App")
    device = StaticDevice.objects.create(user=user, name="Recovery codes")
    codes[name] = [StaticToken.random_token() for _ in range(20)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes[name])
from cms.workflow.actions import decide, send_for_approval, take_back
here = SurveyPage.objects.filter(care_council__area__code="thistledown", locale__language_code="en")
officer = User.objects.get(username="participation-officer")
for title in ("Working with us", "After care"):
    again = here.get(title=title)
    take_back(again, by=officer)
    again.refresh_from_db()
    again.voice = "Short questions, and somebody to read them out."
    again.save_revision(user=officer)
    send_for_approval(again, by=officer)
decide(here.get(title="After care"), approved=True, by=User.objects.get(username="care-council-member"))
there = Area.objects.get(code="port-wrenley")
survey = SurveyPage.objects.filter(care_council__area=there).first()
from datetime import timedelta
from django.utils import timezone
from feedback.inspection.actions import give_grant
from feedback.inspection.models import Grant
today = timezone.localdate()
days = {"since": today, "until": today + timedelta(days=9)}
board = User.objects.get(username="board-officer")
inspector = User.objects.get(username="only-inspector")
give_grant(inspector, area=Area.objects.get(code="thistledown"), inspection="Joint visit", **days, by=board)
print(json.dumps({
    "inspection": Grant.objects.get(area=there).pk,
    "codes": codes,
    "release": Release.objects.filter(area=there).order_by("-pk").first().code,
    "survey": survey.pk,
    "home": HomePage.objects.get(area=there).pk,
    "account": User.objects.get(username="board-analyst").pk,
}))
"""


@pytest.fixture(scope="module")
def elsewhere(site):
    made = json.loads(site.manage("shell", "-v0", "-c", MAKES))
    site.recovery_codes.update(made.pop("codes"))
    return made


def closed(made):
    """Addresses about the other area, one of each job."""
    return [
        f"/desk/work/waves/{THERE}-12-to-17/",
        f"/desk/work/waves/{THERE}-12-to-17/paper/",
        f"/desk/work/waves/{THERE}-4-and-5/booklet/en/",
        f"/desk/work/rota/{THERE}/",
        f"/desk/work/areas/{THERE}/",
        f"/desk/work/accounts/{made['account']}/",
        f"/desk/work/inspections/{made['inspection']}/",
        f"/desk/pages/{made['survey']}/edit/",
        f"/desk/pages/{made['home']}/edit/",
    ]


def goes_to(person, link):
    person.page.get_by_role("link", name=link, exact=True).first.click()
    return person


def decides_on_a_survey(person):
    goes_to(person, "Decide on Working with us").sees("It waits for The Lanterns").looks("survey", full=True)
    person.page.get_by_role("button", name="Approve for the care council").click()
    person.sees("Approved. A second person freezes it now.").looks("approved", full=True)


def freezes_a_survey_and_makes_a_poster(person):
    goes_to(person, "Decide on After care").sees("The Lanterns approved it")
    person.page.get_by_role("button", name="Freeze it").click()
    person.sees("Frozen. A wave can be planned now.").looks("frozen", full=True)
    person.opens("/desk/")
    goes_to(person, "Go to the waves").sees("Your say").looks("waves", full=True)
    person.page.get_by_role("link", name="Your say (Thistledown)").click()
    person.page.fill("#place", "Library")
    person.page.get_by_role("button", name="Make a poster").click()
    person.sees("The poster is ready.").looks("poster", full=True)


def opens_a_conversation(person):
    goes_to(person, "Go to the conversations").sees("talk").looks("conversations", full=True)
    person.page.get_by_role("link", name="English").first.click()
    person.sees("Thistledown")


def reads_the_next_text(person):
    goes_to(person, "Read the next").page.wait_for_url("**/work/texts/")
    goes_to(person, "Read the next").sees("That you read this is in the log").looks("text", full=True)
    person.opens("/desk/work/looking/").sees("only-safeguarding-lead").looks("looks", full=True)


def looks_after_the_area(person):
    person.opens("/desk/work/areas/").looks("areas", full=True)
    person.opens(f"/desk/work/areas/{HERE}/").looks("area", full=True)
    person.opens("/desk/work/accounts/").sees("only-moderator").looks("accounts", full=True)


def sees_releases(person):
    goes_to(person, "Go to the releases").page.locator(".desk-table a").first.wait_for()
    person.looks("releases", full=True)


def sees_what_may_close(person):
    goes_to(person, "See what may close").sees("What is open").looks("blocks", full=True)
    person.page.get_by_role("link", name="Thistledown").first.click()
    person.sees("When it may close").looks("blocks-of-an-area", full=True)


def checks_a_release(person):
    person.page.locator("a", has_text="Check ").first.click()
    person.sees("What has happened").looks("release", full=True)
    person.page.get_by_role("button", name="Approve").click()
    person.sees("Approved. It can be published now.")


def writes_a_public_page(person):
    sees_releases(person)
    person.opens("/desk/")
    goes_to(person, "Go to the pages").sees("Thistledown").looks("pages", full=True, accessible=False)


def moderates(person):
    goes_to(person, "Go to the comments").sees("wait for a moderator").looks("comments", full=True)
    goes_to(person, "Begin with the next")
    passes_drawings(person.page)
    person.sees("As others would read it").looks("comment", full=True)
    is_read(person.page)
    person.page.keyboard.press("k")
    person.page.keyboard.press("u")
    person.sees("You answered yes").looks("comment-refused")
    is_read(person.page)
    person.page.keyboard.press("k")
    person.page.keyboard.press("u")
    person.sees("Usable. Here is the next.")
    is_read(person.page)
    person.page.get_by_role("button", name="Not usable").click()
    person.sees("no word of it is kept").looks("comment-next", full=True)


def finds_what_is_there(person):
    person.sees("in this version")
    goes_to(person, "Read them").sees("Made-up places")


def draws_a_sample(person):
    goes_to(person, "Open Joint visit (Thistledown)").sees("What was promised").looks("inspection", full=True)
    goes_to(person, "Read the promises").sees("What nobody has answered").looks("inspected-promises", full=True)
    goes_to(person, "Back to Joint visit")
    goes_to(person, "Read the tables").sees("Was I helped?").looks("tables", full=True)
    goes_to(person, "Back to Joint visit")
    goes_to(person, "Draw the sample of 2025").sees("Nobody has drawn this sample yet")
    person.page.get_by_role("button", name="Draw the sample of 2025").click()
    person.sees("Drawn. Every inspectorate sees these same sheets.").sees("Sheet 1 of").looks("sheets", full=True)
    with person.page.expect_download() as taken:
        goes_to(person, "Take the signed record of the draw")
    person.site.manage("verify_draw", str(taken.value.path()), "--again")
    goes_to(person, "Back to Joint visit")
    goes_to(person, "Draw again by a record").sees("which you or another inspectorate took")
    person.page.get_by_label("The signed record of the draw").set_input_files(str(taken.value.path()))
    person.page.get_by_role("button", name="Draw again by this record").click()
    person.sees("The same, byte for byte.").looks("drawn-again", full=True)


JOBS = {
    Role.CARE_COUNCIL_MEMBER: decides_on_a_survey,
    Role.PARTICIPATION_OFFICER: freezes_a_survey_and_makes_a_poster,
    Role.PRACTITIONER: opens_a_conversation,
    Role.SAFEGUARDING_LEAD: reads_the_next_text,
    Role.MODERATOR: moderates,
    Role.BOARD_ANALYST: sees_what_may_close,
    Role.OUTPUT_CHECKER: checks_a_release,
    Role.BOARD_OFFICER: writes_a_public_page,
    Role.INSPECTOR: draws_a_sample,
    Role.NATIONAL_OVERSEER: sees_releases,
    Role.ADMINISTRATOR: looks_after_the_area,
}


def test_every_role_has_its_journey():
    assert set(JOBS) == set(Role)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_does_its_job_here_and_is_refused_elsewhere(visitor, elsewhere, role):
    name = "only-" + role.replace("_", "-")
    person = visitor(name, phone=False).signs_in(name)
    person.looks("home", full=True)
    JOBS[role](person)
    for address in closed(elsewhere):
        reply = person.page.request.get(person.site.address + address, max_redirects=0)
        assert reply.status in {302, 403, 404}, address
        assert reply.headers.get("location", "/desk/") in {"/desk/", "/desk/pages/"}, address
    phone = visitor(f"{name}-phone").signs_in(name)
    phone.looks("home", full=True)
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
