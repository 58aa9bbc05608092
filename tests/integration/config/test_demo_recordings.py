"""The demo's recordings say what the demo asks, and say of themselves that a machine made them."""

import re

from feedback.config.demo.questions import QUESTIONS, SURVEYS
from feedback.config.demo.recorded import FOLDER
from surveys.bank.mp3 import sound_of

README = (FOLDER / "README.md").read_text()
SAID = dict(re.findall(r'^say (\S+) "(.+)"$', README, re.M))
FILES = {file.stem: file for file in FOLDER.glob("*.mp3")}
OUT = {"do_not_know": "I don’t know", "rather_not_say": "I don’t want to say"}


def asked():
    """The English texts of the survey for the youngest, under the names of their recordings."""
    for question in QUESTIONS:
        if text := question.wordings.get("AGE_6_7"):
            yield question.code, text
            yield from ((f"{question.code}.{code}", label) for code, label, _share in question.options)
    (survey,) = [survey for survey in SURVEYS if survey.audience == "AGE_6_7"]
    for place, text in {"introduction": survey.introduction, **OUT}.items():
        yield f"{survey.wave}.{place}", text


def test_everything_that_the_youngest_are_asked_is_said_in_the_same_words():
    assert {name: text.replace("'", "’") for name, text in SAID.items()} == dict(asked())
    assert set(FILES) == set(SAID)


def test_each_is_a_small_recording_of_nothing_but_sound():
    for file in FILES.values():
        assert sound_of(file.read_bytes()) == file.read_bytes(), file.name
    assert sum(file.stat().st_size for file in FILES.values()) < 500_000


def test_they_do_not_pretend_to_be_somebody():
    assert "A machine made these" in README
