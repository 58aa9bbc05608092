"""An officer promises, its owner keeps it late, and a nine-year-old finds out what happened with what children said."""

from datetime import timedelta

from django.utils import timezone

from tests.journeys.test_aloud import VOICE

PAGE = "/promises/thistledown/8-11/"
MADE_LATE = """
from datetime import timedelta
from django.utils import timezone

from tests.journeys.test_aloud import VOICE
from feedback.promises.models import Promise
found = Promise.objects.filter(words__you_said="You want a later bedtime.").distinct().get()
Promise.objects.filter(pk=found.pk).update(due_on=timezone.localdate() - timedelta(days=3))
print(found.pk)
"""
WORDS = {
    "": ("Children want a later bedtime.", "Homes ask every child when bedtime should be."),
    "AGE_8_11": ("You want a later bedtime.", "We ask you when you want to go to bed."),
}


def promises_something(officer):
    page = officer.opens("/desk/work/promises/new/thistledown/").page
    page.select_option("#id_theme", "say")
    page.fill("#id_due_on", (timezone.localdate() + timedelta(days=5)).isoformat())
    page.select_option("#id_owner", label="practitioner")
    page.fill("#id_shown_as", "The manager of the homes")
    page.check("#id_agreed")
    page.get_by_text("For 8 to 11 year olds").first.click()
    for place, (said, will) in WORDS.items():
        page.fill(f"#id_said_{place}", said)
        page.fill(f"#id_will_{place}", will)
    officer.looks("1-the-form", full=True)
    page.get_by_role("button", name="Check the words first").click()
    officer.sees("What the linter says of the words")
    page.get_by_role("button", name="Promise it").click()
    officer.sees("Promised, for everybody to see.").looks("2-promised", full=True)


def test_an_officer_promises_the_owner_keeps_it_late_and_a_child_finds_it(visitor, site):
    officer = visitor("promises-officer", phone=False).signs_in("participation-officer")
    promises_something(officer)
    number = int(site.manage("shell", "-v0", "-c", MADE_LATE))
    child = visitor("promises-child", java_script_enabled=False).opens("/thistledown/")
    child.page.get_by_role("link", name="What we promised").click()
    child.page.get_by_role("link", name="8 to 11 year olds").click()
    child.sees("This should have been done 3 days ago.")
    owner = visitor("promises-owner", phone=False).signs_in("practitioner")
    owner.sees("should have been kept by now").looks("1-what-waits")
    owner.opens(f"/desk/work/promises/{number}/").page.get_by_role("link", name="It is done").click()
    owner.page.fill("#id_told_", "All homes asked every child in May.")
    owner.page.fill("#id_told_AGE_8_11", "All homes asked you. Bedtime is later now.")
    owner.page.get_by_role("button", name="It is done").click()
    owner.sees("Said to everybody: it is done.").looks("2-kept", full=True)
    # Kept for a minute, so somebody else looks.
    other = visitor("promises-other-child").opens(PAGE).sees("We did this").sees("Bedtime is later now.")
    other.looks("1-found", full=True)
    for one in (officer, child, owner, other):
        one.was_alone()


def test_promises_in_arabic_for_small_children_and_on_a_wall(visitor):
    child = visitor("promises-arabic").opens(PAGE + "ar/")
    assert child.page.evaluate("document.dir") == "rtl"
    child.looks("1-arabic", full=True)
    child.page.add_init_script(VOICE.replace("HERE", "true"))
    child.opens("/promises/thistledown/6-7/").page.get_by_role("button", name="Listen").nth(1).click()
    child.page.wait_for_function("() => notes.some(([, said]) => said.startsWith('If your helper is late'))")
    child.looks("2-small", full=True)
    child.opens("/promises/thistledown/").looks("3-everybody", full=True)
    child.opens(PAGE + "ar/poster/").looks("4-poster", full=True).was_alone()
