"""A program sends answers without end by an open link: an officer notices, puts them aside, a second person decides."""

import re

from playwright.sync_api import expect

WAVE = "thistledown-8-to-11"
# As they are stored when devices deliver them; nobody waits for a day to be over but this.
MANY = (
    "import uuid; from datetime import timedelta; from django.utils import timezone; "
    "from surveys.fieldwork.models import Wave; from surveys.responses.actions import Place, new_response, record; "
    "from feedback.anonymisation.actions import sweep; "
    f"wave = Wave.objects.get(code='{WAVE}'); yesterday = timezone.localdate() - timedelta(days=1); "
    "[record(new_response(uuid.uuid4(), wave=wave, edition=wave.edition, place=Place(wave.area_id), answers={}, "
    "language='en', helper='alone', on=yesterday)) for _ in range(260)]; sweep()"
)
COUNTED = (
    "from feedback.anonymisation.models import CodedResponse; from surveys.responses.models import Response; "
    f"print(CodedResponse.objects.filter(linkage__response_key__in=Response.objects.filter(wave__code='{WAVE}', "
    "came_openly=True).values('pk')).count())"
)


def counted(site):
    return int(site.manage("shell", "-v0", "-c", COUNTED).split()[-1])


def goes_to_the_day(person, words):
    """By the link of this wave: another journey may have left something else to decide on."""
    person.page.locator("a[href$='/many/']").and_(person.page.get_by_role("link", name=re.compile(words))).click()


def test_many_at_once_are_put_aside_by_two_people(visitor, site):
    before = counted(site)
    site.manage("shell", "-v0", "-c", MANY)
    assert counted(site) == before + 260
    officer = visitor("many-officer", phone=False).signs_in("participation-officer")
    officer.sees("Many answers at once").looks("1-told", full=True)
    goes_to_the_day(officer, "Look at")
    officer.sees("at least 260 answers came").looks("2-day", full=True)
    officer.page.get_by_label("Why: whom you asked").fill("No school and no team knows of it.")
    officer.page.get_by_role("button", name="Put the answers of this day aside").click()
    officer.sees("Put aside.").sees("A second person decides").looks("3-aside", full=True)
    assert counted(site) == before
    # The second person has a phone.
    second = visitor("many-second").signs_in("second-participation-officer")
    goes_to_the_day(second.sees("were put aside by a colleague"), "Decide on")
    second.sees("You are the second person").looks("1-decides", full=True)
    second.page.get_by_label("Why they count").fill("We asked everybody. Nobody knows of it.")
    second.page.get_by_role("button", name="Leave them out of every figure").click()
    second.sees("Left out of every figure.").looks("2-decided", full=True)
    assert counted(site) == before
    officer.opens(f"/desk/work/waves/{WAVE}/")
    expect(officer.page.get_by_role("heading", name="Many answers at once")).to_be_visible()
    officer.looks("4-wave", full=True)
    for one in (officer, second):
        one.was_alone()
