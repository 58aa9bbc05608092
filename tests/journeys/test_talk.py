"""A focus group is written down, read by a lead, decided on by a moderator, told as talk; and no figure moves."""

import re

from playwright.sync_api import expect

PAGE, RESULTS = "/focus-groups/port-wrenley/", "/port-wrenley/results/"
LINE = "Most of them said that they get to know a plan too late."
WORDS = "I heard of the plan from my teacher."
# The sweep of a site that is served for tests is called by hand, and so is the end of a quarter.
SWEEP = "from feedback.anonymisation.actions import sweep; sweep()"
QUARTER_ENDS = (
    "from datetime import date, timedelta; from surveys.responses.talks import Talk; "
    "Talk.objects.filter(area__code='port-wrenley').update(recorded_on=date.today() - timedelta(days=100)); " + SWEEP
)


def writes_it_down(officer):
    officer.opens("/desk/work/talks/").page.get_by_role("link", name="Write one down in Port Wrenley").click()
    officer.looks("1-empty", full=True)
    page = officer.page
    for name, answer in (("about_me", "no"), ("agreed", "yes"), ("words_agreed", "no"), ("kind", "focus_group")):
        page.check(f"input[name={name}][value={answer}]")
    page.select_option("#quarter", index=2)
    # This area wants twelve for a group, where others want ten: so of the two ages none is told.
    page.select_option("#people-AGE_12_17", "many")
    page.select_option("#people-AGE_8_11", "many")
    page.select_option("#theme-1", "plan")
    page.fill("#line-1", LINE)
    page.fill("#words-1", WORDS)
    page.select_option("#who-1", "AGE_12_17")
    page.get_by_role("button", name="Keep it").click()
    officer.sees("kept unless they agreed to that").looks("2-refused", full=True)
    page.check("input[name=words_agreed][value=yes]")
    page.get_by_role("button", name="Keep it").click()
    officer.sees("Kept. A safeguarding lead reads it first").sees("has not read it yet").looks("3-kept", full=True)


def reads_it(lead):
    lead.opens("/desk/work/texts/").sees("Focus groups and interviews to read")
    lead.page.get_by_role("link", name=re.compile("Read talk")).last.click()
    lead.sees(LINE).sees(WORDS).looks("1-reads", full=True)
    lead.page.get_by_role("button", name="I have read all of it").click()
    lead.sees("Read.")


def decides(moderator):
    moderator.opens("/desk/work/talks/").looks("1-waits", full=True)
    for number in range(10):
        moderator.opens("/desk/work/talks/")
        links = moderator.page.get_by_role("link", name=re.compile("Read what was said, "))
        if not links.count():
            break
        links.first.click()
        if number == 0:
            moderator.looks("2-decides", full=True)
        moderator.page.wait_for_function("() => performance.now() - (window.since ??= performance.now()) > 800")
        moderator.page.locator("button[value=usable]").click()
        moderator.sees("Usable.")
    moderator.sees("Nothing waits for you.")


def figures(reader):
    """Every figure of the page on which talk stands, as it is read."""
    reader.opens(RESULTS)
    return reader.page.locator("main section:not([aria-labelledby=talk])").all_inner_texts()


def test_a_focus_group_is_told_as_talk_and_changes_no_figure(visitor, site):
    reader = visitor("talk-reader")
    before = figures(reader)
    reader.opens(PAGE).sees("There is nothing here yet.")
    officer = visitor("talk-officer", phone=False).signs_in("participation-officer")
    writes_it_down(officer)
    site.manage("shell", "-v0", "-c", SWEEP)
    lead = visitor("talk-lead", phone=False).signs_in("safeguarding-lead")
    reads_it(lead)
    moderator = visitor("talk-moderator", phone=False).signs_in("moderator")
    decides(moderator)
    site.manage("shell", "-v0", "-c", QUARTER_ENDS)
    # Another browser: the first may keep the page for a minute.
    other = visitor("talk-other")
    other.opens(PAGE).sees(LINE).sees(WORDS).sees("At least 20 people took part")
    expect(other.page.locator("main")).not_to_contain_text("year olds")
    other.looks("1-told", full=True)
    other.opens(PAGE + "ar/").sees(WORDS).looks("1-told-in-arabic", full=True)
    expect(other.page.locator("html")).to_have_attribute("dir", "rtl")
    assert before
    assert figures(reader) == before
    reader.sees(WORDS).sees("This is talk, and not a figure.").looks("2-beside-figures", full=True)
    expect(reader.page.locator("section[aria-labelledby=talk]")).to_contain_text("From a focus group")
    officer.opens("/desk/work/talks/").sees("Everybody can read them.")
    for one in (reader, other, officer, lead, moderator):
        one.was_alone()
