"""Documents for the public pages: looked at before they are kept, under a name of ours."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

LARGEST = 10 * 1024 * 1024
KINDS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
ONLY = "Only PDF and CSV are taken. Save the document as PDF and put it in again."
TOO_LARGE = f"This file is larger than {LARGEST // 1024 // 1024} MB. Make it smaller and put it in again."
# What a document can do when it is opened, rather than be read.
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
END = re.compile(rb"%%EOF\s*\Z")


class CleanDocument(ContentFile):
    """A document that was looked at, under a name of ours."""


def clean_document(file: IO[bytes], name: str, *, size: int) -> CleanDocument:
    """The document in a file; ValidationError, with a sentence for who put it in, if we do not take it."""
    if size > LARGEST:
        raise ValidationError(TOO_LARGE)
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in KINDS:
        raise ValidationError(ONLY)
    file.seek(0)
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    _check_pdf(content) if ending == "pdf" else _check_csv(content)
    return CleanDocument(content, name=f"{uuid.uuid4().hex}.{ending}")


def _check_pdf(content: bytes) -> None:
    # Bytes before or behind would be another file, which some program opens.
    if not content.startswith(b"%PDF-") or not END.search(content[-1024:]):
        raise ValidationError("This is no whole PDF, or something else is in front of it or behind it. Save it again.")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError("This PDF is an archive as well. Save it as PDF again.")
    if ACTIVE.search(ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), content)):
        raise ValidationError(
            "This PDF carries a script, a form or other files. Print it into a new PDF, and put that in."
        )


def _check_csv(content: bytes) -> None:
    if b"\0" in content:
        raise ValidationError("There is a NUL byte in this file. Save it again as CSV in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ValidationError("This file is not UTF-8. Save it again as CSV in UTF-8.") from problem
    if text.lstrip()[:1] in {"<", "%", "{"} or text.startswith("PK"):
        raise ValidationError("This is no CSV. Save the table again as CSV in UTF-8.")
