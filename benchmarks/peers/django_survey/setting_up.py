"""Makes the survey, and says as JSON where it is and what its fields are called."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need the set-up
from survey.models import Question, Survey  # noqa: E402

from benchmarks.peers.questions import ASKED, is_several  # noqa: E402


def kind_of(code: str, options: tuple[str, ...]) -> str:
    """The kind of question this package has for one."""
    return Question.SHORT_TEXT if not options else Question.SELECT_MULTIPLE if is_several(code) else Question.RADIO


def set_up() -> dict:
    """Tables, files and one survey."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    survey = Survey.objects.create(
        name="Your say", is_published=True, need_logged_user=False, editable_answers=False,
        display_method=Survey.ALL_IN_ONE_PAGE, description="",
    )  # fmt: skip
    names = {}
    for number, (code, wording, options) in enumerate(ASKED):
        made = Question.objects.create(
            survey=survey, text=wording, order=number, required=False, type=kind_of(code, options),
            choices=",".join(options),
        )  # fmt: skip
        names[code] = f"question_{made.pk}"
    return {"path": f"/survey/{survey.pk}/", "thanks": "Thank", "names": names,
            "stored": "SELECT count(*) FROM survey_response"}  # fmt: skip


if __name__ == "__main__":
    json.dump(set_up(), sys.stdout)
