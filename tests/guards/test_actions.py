"""Nothing changes anonymously, but what respondents do."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
from wagtail.log_actions import registry

ROOT = Path(__file__).resolve().parents[2]
MODULES = ["feedback.safeguarding.contacts", "feedback.safeguarding.replies", "feedback.safeguarding.forgetting"]
MODULES += ["feedback.anonymisation.erasing", "feedback.privacy.retention"]
MODULES += sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for house in ("surveys", "feedback", "cms")
    for file in (ROOT / house).glob("*/*actions.py")
)
# What a respondent does has no actor, because it must be anonymous.
RESPONDENTS = {
    "record",
    "look_up",
    "withdraw",
    "new_response",
    "redeem",
    "new_message",
    "ask_for_a_person",
    "write_letter",
    "name_blockage",
}
# These only look, or only lock; what they are part of names its actor.
LOOKING = {"words_of", "lock_areas", "lock_messages", "replies_to"}
LOOKING |= {"asked_for_a_person", "contacts_of", "words_of_contact", "states_of"}
LOOKING |= {"found_by", "opens", "how_retention_goes"}
LOOKING |= {
    "settled",
    "unread_among",
    "days_kept",
    "old_but_unread",
    "old_but_undecided",
    "our_sweeps",
    "coded_of",
    "read_scale",
}
TWO_PEOPLE = {name: {"proposed_by", "approved_by"} for name in ("release_through", "release_nation_through")}


def actions():
    for name in MODULES:
        module = importlib.import_module(name)
        for function in vars(module).values():
            if inspect.isfunction(function) and function.__module__ == name and not function.__name__.startswith("_"):
                yield pytest.param(function, id=f"{name}.{function.__name__}")


@pytest.mark.parametrize("action", list(actions()))
def test_every_action_names_its_actor(action):
    if action.__name__ in RESPONDENTS | LOOKING:
        return
    parameters = inspect.signature(action).parameters
    for name in TWO_PEOPLE.get(action.__name__, {"by"}):
        assert name in parameters, f"{action.__name__} needs a keyword-only {name}"
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY


def test_there_are_actions():
    assert len(list(actions())) > 20


def test_every_log_entry_has_a_label(django_db_setup, db):
    written = set()
    for house in ("surveys", "feedback", "cms"):
        for file in (ROOT / house).rglob("*.py"):
            written |= set(re.findall(r'log\(\s*\w+, "([a-z_.]+)"', file.read_text()))
    assert written
    assert written <= set({action for action, _ in registry.get_choices()})
