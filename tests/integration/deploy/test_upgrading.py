"""From the release before to this one, rehearsed: its code goes on taking answers while this one's migrations run."""

import json
import os
import subprocess
import sys
import threading
import uuid

import pytest

from tests.databases import alone, empty_database
from tests.integration.deploy.conftest import MAKE_A_WAVE, WAVE
from tests.integration.deploy.running import ROOT, Web, asks, environment, manage, wait_for

pytestmark = pytest.mark.slow
RELEASE = json.loads((ROOT / "deploy" / "previous-release.json").read_text())
SECURE = {"X-Forwarded-Proto": "https", "Content-Type": "application/json"}
STORED = """
import json
from surveys.responses.models import Response
print(json.dumps([[str(one.pk), one.answers["words"]] for one in Response.objects.filter(wave__code="behind-a-proxy")]))
"""
WAITING = "from django.db.migrations.recorder import MigrationRecorder as R; print(R.Migration.objects.count())"


@pytest.fixture
def before(tmp_path):
    """The code of the release before, as it was."""
    there = subprocess.run(["git", "cat-file", "-e", RELEASE["commit"]], cwd=ROOT, check=False, capture_output=True)
    if there.returncode:
        pytest.skip("the commit of the release before is not in this clone")
    folder = tmp_path / "before"
    folder.mkdir()
    archive = subprocess.run(["git", "archive", RELEASE["commit"]], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    return folder


class Before(Web):
    """Web processes of the release before, without the gunicorn settings that it did not have."""

    def __init__(self, folder, code, environment):
        super().__init__(folder, environment)
        self.code = code

    def start(self):
        """Serves until it is stopped."""
        command = [
            sys.executable, "-m", "gunicorn", "feedback.config.wsgi", "--bind", f"127.0.0.1:{self.port}",
            "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning",
        ]  # fmt: skip
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=self.code, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        wait_for(self._answers, self.process, self.log)


def sends(web, digest, words):
    """The id of one answer and how it was taken."""
    response_id = str(uuid.uuid4())
    body = json.dumps({"edition": digest, "language": "en", "helper": "alone", "answers": {"words": words}})
    return response_id, asks(web.port, "PUT", f"/a/{WAVE}/responses/{response_id}/", body, SECURE, secure=False)[0]


def test_answers_are_taken_before_during_and_after(tmp_path, before):
    with empty_database(tmp_path, "upgrade") as url:
        settings = environment(tmp_path, DATABASE_URL=url)
        manage_before(before, settings, "migrate", "-v0")
        manage_before(before, settings, "collectstatic", "--no-input", "-v0")
        digest = manage_before(before, settings, "shell", "-v0", "-c", MAKE_A_WAVE).split()[-1]
        with alone("static"):
            manage(settings, "collectstatic", "--no-input", "-v0")
        old, taken, refused, over = Before(tmp_path, before, settings), {}, [], threading.Event()
        old.start()

        def devices():
            while not over.is_set():
                words = f"answer {len(taken)}"
                response_id, status = sends(old, digest, words)
                taken.update({response_id: words}) if status == 201 else refused.append(status)
                over.wait(0.05)

        sender = threading.Thread(target=devices, daemon=True)
        sender.start()
        try:
            count = int(manage(settings, "shell", "-v0", "-c", WAITING))
            manage(settings, "migrate", "-v0")
            assert int(manage(settings, "shell", "-v0", "-c", WAITING)) > count
        finally:
            over.set()
            sender.join(60)
        assert len(taken) > 10
        assert refused == [], "an answer was refused while the migrations ran"
        last_id, status = sends(old, digest, "after the migrations")
        assert status == 201
        taken[last_id] = "after the migrations"
        old.stop()
        new = Web(tmp_path, settings)
        new.start()
        try:
            new_id, status = sends(new, digest, "to the new release")
            assert status == 201
        finally:
            new.stop()
        taken[new_id] = "to the new release"
        assert dict(json.loads(manage(settings, "shell", "-v0", "-c", STORED))) == taken


def manage_before(code, settings, *arguments):
    """What a management command of the release before printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=code, env={**os.environ, **settings},
        capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
