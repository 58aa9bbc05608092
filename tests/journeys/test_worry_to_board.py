"""From something frightening that a twelve year old does not name, to a person, an answer, and what a board may see.

It closes a quarter of the shared site, so its file comes last.
"""

import csv
import io
import json
import re
import urllib.request

import pytest

SURVEY = "/a/thistledown-12-to-17/"
WORDS = "since he moved in i push the drawers against my door every night. i cant tell mum"
WORRY = re.compile(r"/worries/[0-9a-f-]{36}/$")
REPLY = "We read what you wrote. You are not in trouble. Mia at The Lanterns listens every day after school."
# A lead has looked at everything that waited, so whoever is on duty is told anew.
ALL_WAS_READ = """
from feedback.accounts.models import User
from feedback.safeguarding.actions import read_concern
from feedback.safeguarding.contacts import read_contact
from feedback.safeguarding.models import Concern
from surveys.responses.models import ContactMessage
lead = User.objects.get(username="safeguarding-lead")
for concern in Concern.objects.filter(status="raised"):
    read_concern(concern, by=lead)
for message in ContactMessage.objects.filter(status="waiting"):
    read_contact(message, by=lead)
"""
# What came today is what came yesterday, for everybody alike.
A_DAY_PASSES = """
from datetime import timedelta
from django.apps import apps
from django.db.models import DateField, F
for name in ("Response", "Reply"):
    model = apps.get_model("responses", name)
    for field in model._meta.fields:
        if isinstance(field, DateField):
            for row in model.objects.exclude(**{field.name: None}).only("pk", field.name):
                model.objects.filter(pk=row.pk).update(**{field.name: getattr(row, field.name) - timedelta(days=1)})
"""
# Others answer as well. Months later, when the quarter is over, two people release it: what was published, and how
# many gave each answer to one question.
LATER = """
import csv, json, tempfile
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest import mock
from django.core.management import call_command
from django.utils import timezone
from feedback.anonymisation.models import CodedResponse
from feedback.disclosure.blocks import Quarter
from surveys.design.frozen import instrument_of
from surveys.fieldwork.models import Wave
wave = Wave.objects.get(code="thistledown-12-to-17")
item = next(item for item in instrument_of(wave.edition_id).items if item.code == "listened")
quarter, month = Quarter.of(timezone.localdate()), f"{timezone.localdate():%Y-%m}"
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "others.csv"
    options = [option.code for option in item.options]
    rows = [["others-%d" % n, "thistledown", "AGE_12_17", month, options[n % len(options)]] for n in range(45)]
    with file.open("w") as opened:
        csv.writer(opened).writerows([["row_id", "area", "audience", "month", "listened"], *rows])
    call_command("import_responses", str(file), wave=wave.code, stdout=StringIO())
said = StringIO()
with mock.patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=200)):
    call_command(
        "release", quarter=str(quarter), area="thistledown",
        proposed_by="board-analyst", approved_by="output-checker", stdout=said,
    )
print(json.dumps({"quarter": str(quarter), "published": said.getvalue()}))
"""


def answers(child):
    """Writes in the box for own words, and sends."""
    child.opens(SURVEY)
    child.page.evaluate("location.hash = document.querySelector('textarea').closest('section.s').id")
    box = child.page.locator("textarea:visible")
    box.fill(WORDS)
    return box


@pytest.fixture(scope="module")
def mails(site):
    def written():
        return [path.read_text() for path in sorted(site.mail.glob("*"))] if site.mail.exists() else []

    return written


def test_a_child_in_danger_reaches_a_person_and_the_board_sees_a_protected_count(visitor, site, mails):
    site.manage("screen_waiting")
    site.manage("shell", "-v0", "-c", ALL_WAS_READ)
    site.manage("screen_waiting")
    before = len(mails())
    child = visitor("danger-1-child")
    answers(child)
    child.looks("writes", full=True)
    child.page.evaluate("location.hash = 's-send'")
    child.page.get_by_role("button", name="Send").click()
    child.sees("Thank you")
    words = child.page.locator(".receipt li").all_inner_texts()
    child.was_alone()

    # What runs once a minute, and at the end of every delivery where the demo serves itself.
    site.manage("screen_waiting")
    told = mails()[before:]
    assert told
    assert not any("drawers" in mail or "Thistledown" in mail for mail in told)

    lead = visitor("danger-2-lead", phone=False).signs_in("safeguarding-lead")
    lead.opens("/desk/work/worries/").looks("worries", full=True)
    finds(lead, "push the drawers").looks("worry", full=True)
    lead.page.fill("#reply", REPLY)
    lead.page.get_by_role("button", name="Send the reply").click()
    lead.sees("The reply waits")
    worry = lead.page.url
    lead.opens("/desk/work/looking/").sees("safeguarding-lead").looks("who-looked", full=True)

    site.manage("shell", "-v0", "-c", A_DAY_PASSES)
    elsewhere = visitor("danger-3-next-day", java_script_enabled=False).opens(f"{SURVEY}receipt/")
    elsewhere.page.get_by_role("textbox").first.fill(" ".join(words))
    elsewhere.page.get_by_role("button", name="Go on").click()
    elsewhere.sees("Mia at The Lanterns").sees("A person has read").looks("reads", accessible=False, full=True)
    assert elsewhere.page.context.cookies() == []
    lead.opens(worry.removeprefix(site.address)).sees("Read on").looks("was-read", full=True)

    later = json.loads(site.manage("shell", "-v0", "-c", LATER).splitlines()[-1])
    assert "Published" in later["published"]
    board = visitor("danger-4-board", phone=False).opens("/thistledown/results/").looks("results", full=True)
    assert "drawers" not in board.page.content()
    rows = figures(board, later["quarter"])
    assert "drawers" not in str(rows)
    shown = [row for row in rows if row["count"] and row["question"] == "listened" and row["option"] != "all"]
    # Somebody is shown in it, and no number is how many they were: each was moved, and says how far it may be off.
    assert shown
    assert all(float(row["low"]) < float(row["high"]) for row in shown if row["low"])
    assert any(float(row["count"]) % 1 for row in shown)
    assert all(row["reason"] for row in rows if not row["count"])
    analyst = visitor("danger-5-analyst", phone=False).signs_in("board-analyst")
    for closed in (worry.removeprefix(site.address), "/desk/work/worries/"):
        reply = analyst.page.request.get(site.address + closed, max_redirects=0)
        assert reply.status in {302, 403, 404}


def figures(board, quarter):
    """The open data's rows of a quarter."""
    address = board.page.get_by_role("link", name=re.compile("CSV")).first.get_attribute("href")
    with urllib.request.urlopen(board.site.address + address) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")))
    return [row for row in rows if quarter in row["period"]]


def finds(lead, words):
    """Opens the worries one after the other until the one with these words is there."""
    links = [a.get_attribute("href") for a in lead.page.locator("a[href^='/desk/work/worries/']").all()]
    for link in [link for link in links if WORRY.search(link)]:
        lead.opens(link)
        if lead.page.get_by_text(words).count():
            return lead
    raise AssertionError("No worry has these words.")
