"""The page about OWASP's standard has every line of levels 1 and 2, and names evidence that is there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text()
ROW = re.compile(r"^\| ([\d.–]+) \| ([^|]+) \| (yes|partly|no|not here) \| ([^|]*) \|$", re.M)
# Whole chapters about what is not here stand in one row.
TOGETHER = {"10.1.1–10.7.3": 29, "17.1.1–17.3.2": 7}
# How many lines of levels 1 and 2 each chapter of 5.0.0 has.
CHAPTERS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16,
    17: 7,
}  # fmt: skip
ROWS = ROW.findall(PAGE)


def test_no_line_is_missing_or_there_twice():
    assert len({line for line, *_ in ROWS}) == len(ROWS)
    found = Counter()
    for line, *_ in ROWS:
        found[int(line.partition(".")[0])] += TOGETHER.get(line, 1)
    assert found == CHAPTERS
    assert len(ROWS) == len([row for row in PAGE.splitlines() if re.match(r"\| \d", row)])


def test_what_is_named_is_there():
    named = re.findall(r"`((?:tests|surveys|feedback|cms|docs|benchmarks)/[\w./-]+|requirements[\w-]*\.txt)`", PAGE)
    assert len(named) > 120
    assert [name for name in named if not (ROOT / name).exists()] == []
    linked = re.findall(r"\]\((\.\./[^)#]+|[\w-]+\.md)\)", PAGE)
    assert [name for name in linked if not (ROOT / "docs" / "reference" / name).resolve().exists()] == []


def test_what_holds_has_evidence_and_what_does_not_says_why():
    bare = [line for line, _, verdict, evidence in ROWS if verdict in {"yes", "partly"} and not evidence.strip()]
    assert bare == []


def test_the_numbers_are_right():
    counted = Counter()
    for line, _, verdict, _ in ROWS:
        counted[verdict] += TOGETHER.get(line, 1)
    said = re.search(r"\*\*(\d+) lines: (\d+) hold, (\d+) hold in part, (\d+) do not, (\d+) are", PAGE)
    assert [int(one) for one in said.groups()] == [
        sum(counted.values()), counted["yes"], counted["partly"], counted["no"], counted["not here"],
    ]  # fmt: skip
