"""A board officer changes an annual report and sends it; a second person publishes it; anybody takes the PDF home."""

import io
import re
import urllib.request

import pikepdf

SENTENCE = "They want grown-ups to keep their word, and to stay."


def test_a_report_is_written_by_one_published_by_another_and_read_by_everybody(visitor, site):
    writer = visitor("report-writer", phone=False).signs_in("board-officer")
    writer.opens("/desk/work/annual-reports/").looks("reports", accessible=False)
    number = writer.page.get_by_role("link", name="What children told Thistledown").get_attribute("href").split("/")[-2]
    writer.opens(f"/desk/pages/{number}/edit/")
    writer.page.fill("#id_subtitle", SENTENCE)
    chosen = writer.page.locator("select[id$='-figure']").first
    offered = chosen.locator("option").all_text_contents()
    assert "Does your social worker listen to you?" in offered
    chosen.select_option(label="Do you know why you have a social worker?", force=True)
    writer.looks("editor", accessible=False)
    writer.page.evaluate("document.querySelector('button[name=action-submit]').click()")
    writer.page.wait_for_url(re.compile(r"/desk/pages/\d+/$"))
    writer.looks("sent", accessible=False)

    reader = visitor("report-reader", phone=False).signs_in("output-checker")
    reader.opens(f"/desk/work/annual-reports/{number}/").looks("decide")
    reader.page.get_by_role("button", name="Approve and publish").click()
    reader.sees("Approved and published")

    anybody = visitor("report-anybody").opens("/thistledown/annual-report/").sees(SENTENCE).looks("page", full=True)
    address = anybody.page.get_by_role("link", name="The whole report as PDF").get_attribute("href")
    with urllib.request.urlopen(site.address + address) as reply:
        document = pikepdf.open(io.BytesIO(reply.read()))
    assert "/StructTreeRoot" in document.Root
    anybody.was_alone()


def test_a_child_reads_one_page_on_a_phone(visitor):
    for language in ("en", "ar"):
        child = visitor(f"child-report-{language}").opens(f"/thistledown/annual-report/for/8-11/{language}/")
        child.looks("page", full=True)
        assert child.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        child.was_alone()
