"""A practitioner names what gets in the way; it is worded, published by a second person and answered in public."""

from playwright.sync_api import expect

BOARD = "/blockages/port-wrenley/"
WROTE = "Two managers must sign for a bus ticket."
WORDED = "A bus ticket for a visit needs two signatures."
ANSWER = "Team managers sign alone from today on."
# The sweep of a site that is served for tests is called by hand.
SWEEP = "from feedback.anonymisation.actions import sweep; sweep()"


def names_it(worker):
    worker.page.get_by_role("link", name="Name what gets in the way in Port Wrenley").click()
    worker.page.fill("#words", WROTE)
    worker.looks("1-names", full=True)
    worker.page.get_by_role("button", name="Send").click()
    worker.sees("Kept, without your name.")


def words_it(officer):
    officer.opens("/desk/work/blockages/").sees("The oldest has waited").looks("1-review", full=True)
    officer.page.get_by_role("link", name="Read 1 of this week in Port Wrenley").click()
    officer.sees("As it was written").looks("2-as-it-was-written", full=True)
    officer.page.fill("#id_words", WORDED)
    officer.page.get_by_role("button", name="Word it, for a second person").click()
    officer.sees("A second person reads it before everybody does.")


def publishes_it(second):
    second.opens("/desk/work/blockages/").page.get_by_role("link", name=WORDED).click()
    second.page.get_by_role("button", name="Publish it").click()
    second.sees("Published. Everybody reads it").looks("1-published", full=True)
    second.page.select_option("#id_owner", label="practitioner")
    second.page.fill("#id_shown_as", "Team manager, Port Wrenley")
    second.page.check("#id_agreed")
    second.page.get_by_role("button", name="Give it to them").click()
    second.sees("Given to them.")


def test_a_practitioner_names_it_and_everybody_reads_what_was_answered(visitor, site):
    worker = visitor("blockages-worker", phone=False).signs_in("practitioner").opens("/desk/work/blockages/")
    names_it(worker)
    site.manage("shell", "-v0", "-c", SWEEP)
    family = visitor("blockages-family", java_script_enabled=False).opens("/port-wrenley/")
    family.page.get_by_role("link", name="What gets in the way").click()
    family.sees("There is nothing here yet.").looks("1-nothing", full=True, accessible=False)
    family.page.get_by_role("link", name="Tell us what gets in the way").click()
    family.page.fill("#words", "Nobody answers the phone after four.")
    family.page.get_by_role("button", name="Send").click()
    family.sees("We got it.")
    officer = visitor("blockages-officer", phone=False).signs_in("participation-officer")
    words_it(officer)
    second = visitor("blockages-second", phone=False).signs_in("board-officer")
    publishes_it(second)
    worker.opens("/desk/").sees("1 that you look after, not answered.")
    worker.opens("/desk/work/blockages/").page.get_by_role("link", name=WORDED).click()
    worker.page.get_by_label("We changed it").check()
    worker.page.fill("#id_text", ANSWER)
    worker.page.get_by_role("button", name="Answer, for everybody to read").click()
    expect(worker.page.get_by_text("Answered, for everybody to read.")).to_be_visible()
    reader = visitor("blockages-reader").opens(BOARD + "pl/").sees(ANSWER)
    reader.sees("Zmieniliśmy to").looks("1-answered", full=True)
    for one in (worker, family, officer, second, reader):
        one.was_alone()
