"""The table of permissions holds no dead words, and code asks for none that it does not hold."""

import re
from pathlib import Path

import pytest

from feedback.accounts.roles import ACTIONS, ENTER_THE_DESK

ROOT = Path(__file__).resolve().parents[2]
# These say what an action is; everything else has to ask.
TELLING = {"roles.py", "reference.py"}
CODE = {
    file: file.read_text()
    for house in ("surveys", "feedback", "cms")
    for file in (ROOT / house).rglob("*.py")
    if "migrations" not in file.parts and file.name not in TELLING
}


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_action_is_asked_for_by_some_code(action):
    assert [file for file, text in CODE.items() if f'"{action}"' in text]


def test_no_code_asks_for_an_action_that_nobody_can_have():
    asked = {
        (file.name, action)
        for file, text in CODE.items()
        for action in re.findall(r'(?:has_perm|visible_to|areas_held|holds_everywhere)\([^)"]*"([a-z_.]+)"', text)
    }
    assert asked
    assert {one for one in asked if one[1] not in {*ACTIONS, ENTER_THE_DESK}} == set()
