"""What staff fill in about a picture or a document; the file is looked at before any of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.pages.documents import KINDS, clean_document
from surveys.frame.pictures import ENDINGS, LARGEST, TOO_LARGE, clean_picture

AGAIN = "The file was not kept, because something else is missing. Put that right and choose the file again."


class _CleanField(forms.FileField):
    """A file that is looked at, and replaced by what we keep of it."""

    def __init__(self, clean_file: Callable, endings: list[str], **kwargs) -> None:
        super().__init__(**kwargs)
        self.clean_file = clean_file
        # An empty one has a sentence of its own.
        self.allow_empty_file = True
        # What Wagtail's screen for several at once says before it sends anything.
        self.max_upload_size, self.supported_formats_text = LARGEST, ", ".join(endings).upper()
        self.error_messages |= dict.fromkeys(("file_too_large", "file_too_large_unknown_size"), TOO_LARGE)
        self.error_messages["invalid_image_extension"] = f"Only {self.supported_formats_text} can be put in here."
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)

    def to_python(self, data: Any) -> Any:
        """What we keep of it."""
        file = super().to_python(data)
        return self.clean_file(file, file.name, size=file.size) if file else file


class _WholeForm:
    """Keeps nothing of a file whose form is not whole; Wagtail would put it aside as it came, under the name it had."""

    def full_clean(self) -> None:
        """Says at the file that it was not kept."""
        super().full_clean()  # type: ignore[misc]
        if self._errors and "file" not in self._errors and "file" in self.files:  # type: ignore[attr-defined]
            self.add_error("file", AGAIN)  # type: ignore[attr-defined]


class PictureForm(_WholeForm, BaseImageForm):
    """A picture."""

    file = _CleanField(
        clean_picture,
        ENDINGS,
        widget=forms.FileInput(),
        label="File",
        help_text="JPEG, PNG, GIF, WebP, AVIF or HEIC, 10 MB at most. Where and with what it was taken is not kept.",
    )


class DocumentForm(_WholeForm, BaseDocumentForm):
    """A document."""

    file = _CleanField(
        clean_document,
        list(KINDS),
        widget=forms.FileInput(),
        label="File",
        help_text="PDF or CSV, 10 MB at most. What a PDF notes about its author stays in it: look at its properties.",
    )
