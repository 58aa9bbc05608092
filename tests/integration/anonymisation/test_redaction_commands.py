"""Redaction for other programs, and lists of an installation's own."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from feedback.anonymisation.redaction import redact
from feedback.anonymisation.redaction_lists import Lists

LISTS = "EARSHOT_REDACTION_LISTS"


def redacts(monkeypatch, lines):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    out = io.StringIO()
    call_command("redact", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_come_back_with_spans_in_code_points(monkeypatch):
    (answer,) = redacts(monkeypatch, json.dumps({"text": "😀 ask Kelly"}).encode())
    assert answer["spans"] == [[6, 11, "PERSON"]]
    assert answer["redacted"] == "😀 ask [name]"
    assert not answer["needs_a_reader"]


@pytest.mark.parametrize("line", [b"kelly", b'{"txt": "kelly"}', b'{"text": 7}', b"\xff", b"[" * 100_000])
def test_a_line_that_is_none_is_named_and_not_quoted(monkeypatch, line):
    with pytest.raises(CommandError) as refused:
        redacts(monkeypatch, b'{"text": "ok"}\n' + line)
    assert "Line 2" in str(refused.value)
    assert "kelly" not in str(refused.value)


def test_what_cannot_be_written_is_written_otherwise(monkeypatch):
    (answer,) = redacts(monkeypatch, b'{"text": "\\ud800 ask Kelly \\u0000"}')
    assert "[name]" in answer["redacted"]


def test_a_list_of_an_installation_is_looked_for(monkeypatch, tmp_path):
    monkeypatch.setenv(LISTS, str(tmp_path / "lists"))
    (tmp_path / "schools.csv").write_text("urn,school_name\n1,Kings Heath Boys\n2,St Mary's\n", encoding="utf-8")
    for _ in range(2):
        out = io.StringIO()
        call_command("load_list", tmp_path / "schools.csv", kind="schools", column="school_name", stdout=out)
    assert "0 schools added" in out.getvalue()
    found = redact("i got kicked out of kings heath boys", known=Lists())
    assert [span.label for span in found.spans] == ["SCHOOL"]


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [(b"a,b\n1,2\n", "name", "no column"), (b"\xff\xfe\x00", "name", "cannot be read"), (b"", "name", "no column")],
)
def test_a_list_that_cannot_be_read_adds_nothing(monkeypatch, tmp_path, content, column, said):
    monkeypatch.setenv(LISTS, str(tmp_path / "lists"))
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(CommandError, match=said):
        call_command("load_list", tmp_path / "a.csv", kind="names", column=column)
    assert not (tmp_path / "lists").exists()


def test_without_a_folder_it_says_what_to_set(monkeypatch, tmp_path):
    monkeypatch.delenv(LISTS, raising=False)
    with pytest.raises(CommandError, match=LISTS):
        call_command("load_list", tmp_path / "a.csv", kind="names", column="name")
