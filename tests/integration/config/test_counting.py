"""What is counted of requests and failures: by kind and class, across processes, and nothing of anybody."""

import os
import re
import subprocess
import sys
from pathlib import Path
from smtplib import SMTPException

import pytest
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import RequestFactory
from django.urls import path
from prometheus_client.parser import text_string_to_metric_families

from feedback.accounts.invitations import send_invitation
from feedback.config.counting import EVERY_KIND, STATUSES, STEP, kind_of, requests, told
from feedback.config.management.commands import tick
from feedback.config.urls import urlpatterns as all_urls
from feedback.privacy import failures, retention
from feedback.privacy.failures import Failed, how_many_failed, note_failure
from feedback.privacy.models import Failure
from feedback.privacy.trouble_actions import tell_of_troubles
from surveys.fieldwork.models import OpenLink
from tests.factories import asking
from tests.factories.answering import arrives
from tests.factories.people import at_desk, staff

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
TOKEN = "a-token-of-a-program-that-watches"


def breaks(request):
    raise ValueError("canary-in-an-error")


urlpatterns = [path("desk/breaks-canary/", breaks), *all_urls]


@pytest.fixture
def numbers(client, settings):
    settings.EARSHOT_METRICS_TOKEN = TOKEN

    def read():
        text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
        found = {}
        for family in text_string_to_metric_families(text):
            for one in family.samples:
                found[one.name, *sorted(one.labels.values())] = one.value
        return found

    read.text = lambda: client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    return read


def grown(before, after):
    return {name: after[name] - before[name] for name in after if after[name] != before.get(name)}


def test_requests_of_staff_are_counted_by_kind_and_status(client, numbers):
    before = numbers()
    client.get("/desk/login/")
    client.get("/desk/")
    client.get("/healthz")
    found = grown(before, numbers())
    assert found["earshot_requests_total", "2xx", "desk"] == 1
    assert found["earshot_requests_total", "3xx", "desk"] == 1
    # The number before, and the page that says it is alive.
    assert found["earshot_requests_total", "2xx", "health"] == 2


def test_of_respondents_only_whole_hundreds_are_told(client, numbers):
    wave = asking.open_wave()
    before = numbers()
    for _ in range(STEP):
        client.get(f"/a/{wave.code}/")
        if moved := grown(before, numbers()).get(("earshot_requests_total", "2xx", "respondents")):
            break
    assert moved == STEP
    before = numbers()
    for _ in range(5):
        client.get(f"/a/{wave.code}/")
    assert ("earshot_requests_total", "2xx", "respondents") not in grown(before, numbers())


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_errors_are_told_exactly_and_the_rest_of_children_never(kind):
    assert told(kind, "5xx", 7) == 7
    assert told(kind, "2xx", 199) == (199 if kind in {"desk", "health"} else 100)


def test_what_breaks_is_counted_once_and_says_nothing_of_itself(client, numbers, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    before = numbers()
    assert client.get("/desk/breaks-canary/?canary").status_code in {302, 500}
    at_desk(client, staff("administrator"))
    assert client.get("/desk/breaks-canary/?canary").status_code == 500
    found = grown(before, numbers())
    assert found["earshot_unhandled_errors_total", "desk"] >= 1
    assert found["earshot_requests_total", "5xx", "desk"] >= 1
    assert "canary" not in numbers.text()


def test_every_label_is_there_from_the_beginning_and_no_time_with_it(numbers):
    text = numbers.text()
    for kind in EVERY_KIND:
        for status in STATUSES:
            assert f'earshot_requests_total{{kind="{kind}",status="{status}"}}' in text
    assert "_created" not in text
    assert all(f'earshot_failures_total{{what="{what}"}}' in text for what in Failed)


def test_no_label_holds_anything_of_an_address(client, numbers):
    wave = asking.open_wave(of=asking.area("canary-area"), code="canary-wave")
    link = OpenLink.objects.create(wave=wave, place="Canary hall", area=wave.area)
    response = arrives(wave, "canary words")
    addresses = [
        f"/a/{wave.code}/", f"/a/{link.code}/", f"/a/{wave.code}/answers/{response.pk}/", "/canary-area/results/",
        "/desk/work/waves/canary-wave/", "/no-such-canary/", "/a/no-such-canary/", "/%00canary",
    ]  # fmt: skip
    for address in addresses:
        client.get(address)
        client.post(address, {"words": "canary"})
    text = numbers.text()
    assert not re.search(rf"canary|{link.code}|{response.pk}", text, re.IGNORECASE)
    labels = set(re.findall(r'kind="([^"]*)"', text))
    assert labels == set(EVERY_KIND)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/a/x/", "respondents"),
        ("/desk/x/", "desk"),
        ("/metrics", "health"),
        ("/static/x.css", "files"),
        ("/x/", "nothing"),
    ],
)
def test_kinds(address, kind):
    request = RequestFactory().get(address)
    request.resolver_match = None
    assert kind_of(request) == kind


def counts_in(folder, program):
    own = {"PROMETHEUS_MULTIPROC_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "feedback.config.settings.test"}
    run = [sys.executable, "-c", program]
    environment = {**os.environ, **own}
    return subprocess.run(run, env=environment, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout


def test_several_processes_count_together_and_one_that_ended_is_not_forgotten(tmp_path):
    program = "from feedback.config.counting import requests, unhandled; "
    program += "[requests.labels('desk', '5xx').inc() for _ in range(3)]; unhandled.labels('respondents').inc()"
    counts_in(tmp_path, program)
    counts_in(tmp_path, program)
    said = counts_in(
        tmp_path,
        "from feedback.config.counting import counted\n"
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "class All:\n    def collect(self): return counted()\n"
        "registry = CollectorRegistry(); registry.register(All()); print(generate_latest(registry).decode())",
    )
    assert 'earshot_requests_total{kind="desk",status="5xx"} 6.0' in said
    assert 'earshot_unhandled_errors_total{kind="respondents"} 2.0' in said
    assert "_created" not in said


def test_counting_writes_nothing_to_the_database(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(0):
        client.get("/healthz")
    assert requests.labels("health", "2xx")._value.get() > 1


def test_a_letter_that_was_not_taken_is_counted(monkeypatch, numbers):
    def refuses(*arguments, **named):
        raise SMTPException("canary@example.org")

    administrator = staff("administrator")
    type(administrator).objects.filter(pk=administrator.pk).update(email="canary@example.org")
    administrator.refresh_from_db()
    monkeypatch.setattr("feedback.privacy.trouble_actions.send_mail", refuses)
    monkeypatch.setattr("feedback.accounts.invitations.send_mail", refuses)
    assert tell_of_troubles() == 0
    assert not send_invitation(administrator)
    assert numbers()["earshot_failures_total", "letter"] == 2
    assert "canary" not in numbers.text()


def test_a_sweep_and_a_program_that_fail_are_counted(monkeypatch, numbers):
    def fails(*, by=None):
        raise OperationalError("canary")

    monkeypatch.setattr(retention.hooks, "get_hooks", lambda name: [lambda: [("canary sweep", fails, None, "")]])
    retention.sweep_all()
    monkeypatch.undo()
    monkeypatch.setattr(tick, "call_command", lambda *arguments, **named: fails())
    assert not tick.Command()._done("follow_plans")
    assert how_many_failed()[Failed.SWEEP] == 1
    assert how_many_failed()[Failed.PROGRAM] == 1


def test_what_is_not_screened_is_counted(monkeypatch):
    def fails(*arguments, **named):
        raise ValueError("canary")

    arrives(asking.open_wave(), "words")
    monkeypatch.setattr("feedback.safeguarding.actions.screen", fails)
    call_command("screen_waiting", verbosity=0)
    assert how_many_failed()[Failed.SCREENING] == 1


def test_where_not_even_that_can_be_stored_the_work_goes_on(monkeypatch, caplog):
    def gone(*arguments, **named):
        raise OperationalError("canary")

    monkeypatch.setattr(failures.Failure.objects, "get_or_create", gone)
    with transaction.atomic():
        note_failure(Failed.LETTER)
        assert not Failure.objects.exists()
    assert "A failure could not be counted (OperationalError)." in caplog.text
    assert "canary" not in caplog.text
