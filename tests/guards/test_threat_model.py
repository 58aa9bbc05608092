"""The page about who might want to get in says of each what they want, see, what stops them and what remains."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "threat-model.md"
_, *SECTIONS = re.split(r"^## ", PAGE.read_text(), flags=re.M)
PEOPLE = [section for section in SECTIONS if not section.startswith("What was tried")]


@pytest.mark.parametrize("section", PEOPLE, ids=lambda section: section.splitlines()[0])
def test_of_each_it_says_what_they_want_and_what_remains(section):
    for part in ("**Wants**", "**Stopped by**", "**Remains**"):
        assert part in section


def test_they_are_those_of_this_setting():
    heads = " ".join(section.splitlines()[0] for section in PEOPLE).lower()
    for word in ("parent", "carer", "hurts", "another child", "17 cases", "administrator", "backup", "journalist"):
        assert word in heads


def test_what_it_names_and_links_is_there():
    text = PAGE.read_text()
    named = re.findall(r"`((?:tests|surveys|feedback|cms|docs)/[\w./-]+)`", text)
    linked = [(PAGE.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [str(link) for link in linked if not link.exists()] == []


def test_nothing_stale_stands_in_security_md():
    said = (ROOT / "SECURITY.md").read_text()
    assert "as they were written" not in said
    assert all(name in said for name in ("EARSHOT_WORDS_KEYS", "threat-model.md", "asvs.md"))
