"""*Anonymised* is said of what was released only where a record says so, and by one function only."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"\banonymi[sz]ed\b|\banonymous(?:ly)?\b", re.IGNORECASE)
# Where the word may stand, and why.
MAY_SAY_IT = {
    "feedback/releases/tested.py": "The one function: what a record says.",
    "surveys/instrument/promised_words.py": "What staff may not add to a promise.",
    "surveys/answering/contact_words.py": "Says that a message is not.",
}
DOCS_MAY = {
    "docs/glossary.md", "docs/data-flow.md", "docs/how-to/analyst-and-checker.md", "docs/explanation/protection.md",
    "docs/explanation/security-properties.md", "docs/privacy/dpia-template.md",
}  # fmt: skip


def programs():
    return [
        file
        for house in ("surveys", "feedback", "cms")
        for file in sorted((ROOT / house).rglob("*"))
        if file.suffix in {".py", ".html", ".txt", ".js", ".json", ".po"} and "migrations" not in file.parts
    ]


def said_by(file):
    """What a file says to people: the texts of a program but for its comments, or all of anything else."""
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix != ".py":
        return [text]
    tree = ast.parse(text)
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    ]


def test_no_text_of_the_software_says_it_but_the_function():
    saying = {str(file.relative_to(ROOT)) for file in programs() if any(WORD.search(said) for said in said_by(file))}
    assert saying - MAY_SAY_IT.keys() == set()
    assert MAY_SAY_IT.keys() <= saying, "no longer said there; take it out of the list"


def test_no_translated_text_says_it_of_figures():
    for file in (ROOT / "locale").rglob("*.po"):
        english = re.findall(r'^msgid "(.*)"$', file.read_text(), re.M)
        assert {said for said in english if WORD.search(said)} <= {
            "This message is not anonymous: whoever reads it knows what you write here."
        }


def test_pages_for_staff_say_it_only_where_it_is_explained():
    saying = {
        str(file.relative_to(ROOT))
        for folder in ("how-to", "privacy", "explanation", ".")
        for file in (ROOT / "docs" / folder).glob("*.md")
        if WORD.search(file.read_text())
    }
    assert saying <= DOCS_MAY


@pytest.mark.django_db
def test_staff_cannot_write_it_on_a_public_page():
    from django.core.exceptions import ValidationError

    from cms.pages.models import ResultsPage, TextPage

    for page in (
        TextPage(title="About", slug="about", body="<p>These figures are <b>anonym</b>ised.</p>"),
        TextPage(title="Anonymous figures", slug="about", body=""),
        ResultsPage(title="What we heard", slug="heard", introduction="All data is ANONYMIZED"),
    ):
        with pytest.raises(ValidationError, match="record of a test"):
            page.clean()
    TextPage(title="How you answer", slug="how", body="<p>You answer without a name, so it is anonymous.</p>").clean()
