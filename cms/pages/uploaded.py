"""Pictures and documents of the public pages. Outsiders reach one once somebody has said that it is for everybody."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.pages.documents import CleanDocument, clean_document
from surveys.frame.pictures import CleanPicture, clean_picture

FOR_EVERYBODY = "Everybody who has the address can open it. Without this tick only staff at the desk can."
UPLOADED_BY = "Which member of staff put it in. Kept while the account exists."


class Picture(AbstractImage):
    """A picture of the public pages, drawn anew when it is put in."""

    class Privacy:
        why = "So that it is known who put it there."
        kept = "As long as what was uploaded, as a number in the end."
        scrub = {"uploaded_by_user": "harmless: the account it names has no name any more."}
        personal = {"uploaded_by_user": UPLOADED_BY}
        plain = {
            "id", "title", "file", "description", "width", "height", "created_at", "tags", "focal_point_x",
            "focal_point_y", "focal_point_width", "focal_point_height", "file_size", "file_hash", "collection",
            "is_public",
        }  # fmt: skip

    is_public = models.BooleanField("for the public pages", default=False, help_text=FOR_EVERYBODY)

    admin_form_fields = (*Image.admin_form_fields, "is_public")

    def save(self, *args, **kwargs) -> None:
        """Keeps only what can be seen, whatever door it comes in by."""
        if self.file and not self.file._committed and not isinstance(self.file.file, CleanPicture):
            self.file = clean_picture(self.file.file, self.file.name, size=self.file.size)
        super().save(*args, **kwargs)

    def get_upload_to(self, filename: str) -> str:
        """A name of ours in a folder that no address leads to."""
        return f"pictures/{filename}"

    def is_open(self) -> bool:
        """Whether outsiders may see it."""
        return self.is_public and not self.collection.get_view_restrictions()


class PictureRendition(AbstractRendition):
    """A picture in the size in which a page shows it."""

    class Privacy:
        personal = {}
        plain = {"id", "image", "filter_spec", "file", "width", "height", "focal_point_key"}

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_made_once")
        ]

    @property
    def url(self) -> str:
        """Where it is seen: by everybody, or at the desk only."""
        return reverse(_address("picture", self.image), args=[self.file.name.rsplit("/", 1)[-1]])


class PublicDocument(AbstractDocument):
    """A document that can be for the public pages."""

    class Privacy:
        why = "So that it is known who put it there."
        kept = "As long as what was uploaded, as a number in the end."
        scrub = {"uploaded_by_user": "harmless: the account it names has no name any more."}
        personal = {"uploaded_by_user": UPLOADED_BY}
        plain = {"id", "title", "file", "created_at", "tags", "file_size", "file_hash", "collection", "is_public"}

    is_public = models.BooleanField("for the public pages", default=False, help_text=FOR_EVERYBODY)

    admin_form_fields = (*Document.admin_form_fields, "is_public")

    def save(self, *args, **kwargs) -> None:
        """Keeps only what was looked at, whatever door it comes in by."""
        if self.file and not self.file._committed and not isinstance(self.file.file, CleanDocument):
            self.file = clean_document(self.file.file, self.file.name, size=self.file.size)
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        """Where it is opened: by everybody, or at the desk only."""
        return reverse(_address("document", self), args=[self.pk])

    def is_open(self) -> bool:
        """Whether outsiders may open it."""
        return self.is_public and not self.collection.get_view_restrictions()


def _address(what: str, owner: Picture | PublicDocument) -> str:
    return f"pages:{what}" if owner.is_open() else f"pages_desk:{what}"
