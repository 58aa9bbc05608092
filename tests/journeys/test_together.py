"""An area loads its licensed items; a parent and a worker look at two scores together, and a lead reads a goal."""

import re
from pathlib import Path

INVENTED = Path(__file__).resolve().parents[2] / "feedback/config/demo/licensed/swemwbs-invented.csv"


def test_a_parent_and_a_worker_look_at_two_scores_after_the_area_loaded_its_items(visitor, tmp_path):
    administrator = visitor("together-administrator", phone=False).signs_in("administrator")
    administrator.opens("/desk/work/licensed-scales/").looks("1-locker", full=True)
    cut = tmp_path / "cut.csv"
    cut.write_text("".join(INVENTED.read_text("utf-8").splitlines(keepends=True)[:20]), "utf-8")
    loads(administrator, cut)
    administrator.sees("Nothing was loaded.").looks("2-refused", full=True)
    loads(administrator, INVENTED)
    administrator.sees("Loaded whole.").looks("3-loaded", full=True)

    worker = visitor("together-tablet", phone=False).signs_in("practitioner")
    worker.opens("/desk/work/together/").looks("1-begin", full=True)
    worker.page.select_option("#area", label="Port Wrenley")
    worker.page.select_option("#audience", "PARENT_CARER")
    worker.page.get_by_role("button", name="Begin a card").click()
    words = worker.sees("The words on this card").page.locator(".words").inner_text()
    answers(worker, "Rarely", look="2-answers")
    worker.sees("Answered once, on")
    worker.page.get_by_role("link", name="Back to the card").click()
    worker.page.get_by_role("button", name="Put the card away").click()

    phone = visitor("together-phone").signs_in("second-practitioner")
    phone.opens("/desk/work/together/").page.fill("#words", words.upper())
    phone.page.get_by_role("button", name="Open it").click()
    phone.sees("The words on this card").looks("1-card", full=True)
    answers(phone, "Often", look="2-answers")
    phone.sees("Answer by answer").sees("Invented band").looks("3-side-by-side", full=True)
    phone.page.get_by_role("link", name="Back to the card").click()
    phone.page.fill("#goal", "We cook together on Sundays")
    phone.page.get_by_role("button", name="Keep the goal").click()
    for step in ("3", "6"):
        phone.page.get_by_label(step, exact=True).check()
        phone.page.get_by_role("button", name="Keep this number").click()
        phone.sees("Kept.")
    phone.looks("4-goal", full=True).was_alone()
    worker.page.fill("#words", words)
    worker.page.get_by_role("button", name="Open it").click()
    worker.page.get_by_role("link", name="Look at before and after").click()
    worker.sees("Invented meaning").looks("3-side-by-side", full=True)
    worker.page.get_by_role("link", name="Back to the card").click()
    worker.looks("4-card", full=True)


def loads(administrator, file):
    administrator.page.select_option("#area", label="Port Wrenley")
    administrator.page.set_input_files("#file", file)
    administrator.page.get_by_role("button", name="Load it").click()


def answers(visitor, label, *, look):
    visitor.page.get_by_role("button", name=re.compile("^Answer it")).click()
    visitor.sees("Invented introduction")
    visitor.sees("They are not those of the Warwick-Edinburgh scale")
    for box in visitor.page.get_by_label(label, exact=True).all():
        box.check()
    visitor.looks(look, full=True)
    visitor.page.get_by_role("button", name="Keep these answers").click()


def test_without_javascript_a_child_sees_no_band_and_a_lead_reads_the_goal(visitor, site):
    worker = visitor("together-plain", java_script_enabled=False).signs_in("practitioner")
    worker.opens("/desk/work/together/").page.select_option("#area", label="Thistledown")
    worker.page.select_option("#audience", "AGE_12_17")
    worker.page.get_by_role("button", name="Begin a card").click()
    answers_plain(worker)
    worker.sees("Answered once, on").sees("Invented meaning")
    assert "Invented band" not in worker.page.content()
    worker.page.get_by_role("link", name="Back to the card").click()
    worker.page.fill("#goal", "I want to see my brother every week")
    worker.page.get_by_role("button", name="Keep the goal").click()
    worker.sees("The goal is kept.")
    site.manage("screen_waiting")
    lead = visitor("together-lead", phone=False).signs_in("safeguarding-lead")
    lead.opens("/desk/work/texts/").sees("Goals to read").looks("1-texts", full=True)
    lead.page.get_by_role("link", name="Read goal 1").click()
    lead.sees("That you read this is in the log").looks("2-goal", full=True)
    lead.page.get_by_role("button", name="Read, nothing to act on").click()
    lead.page.wait_for_url(re.compile(r"/texts/$"))


def answers_plain(worker):
    worker.page.get_by_role("button", name=re.compile("^Answer it")).click()
    # `all` waits for nothing: on the page before, there are none.
    worker.page.get_by_label("Often", exact=True).first.wait_for()
    for box in worker.page.get_by_label("Often", exact=True).all():
        box.check()
    worker.page.get_by_role("button", name="Keep these answers").click()
