"""Small files and functions, and nothing left for later."""

import ast
import re
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    f for house in ("surveys", "feedback", "cms") for f in (ROOT / house).rglob("*.py") if "migrations" not in f.parts
]


def functions():
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield file, node, node.end_lineno - node.lineno + 1


def test_no_file_is_too_long():
    assert [file for file in FILES if len(file.read_text().splitlines()) > 400] == []


def test_functions_are_short():
    lengths = [length for _, _, length in functions()]
    assert median(lengths) < 10
    assert [(f.name, n.name, length) for f, n, length in functions() if length > 45] == []


def public(body):
    """Classes, and functions that others may call; what is defined inside a function is nobody's business."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_every_class_and_public_function_says_what_it_is_for():
    silent = [
        f"{file.name}: {node.name}"
        for file in FILES
        for node in public(ast.parse(file.read_text()).body)
        if node.name not in {"Meta", "Privacy"} and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplemented(?:Error)?)\b")
    assert [file.name for file in FILES if words.search(file.read_text())] == []
