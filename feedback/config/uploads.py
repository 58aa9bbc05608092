"""Lets go of files that are too large while they arrive, so that they fill neither the memory nor the disk."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers


class TooLarge(UploadedFile):
    """A file of which nothing was kept but its size, so that the form can say that it is too large."""

    def __init__(self, name: str | None, size: int) -> None:
        super().__init__(file=None, name=name, size=size)

    def read(self, *args) -> bytes:
        """Nothing."""
        return b""

    def seek(self, *args) -> int:
        """Nowhere."""
        return 0

    def chunks(self, chunk_size=None):
        """None."""
        return iter(())

    def close(self) -> None:
        """Nothing is open."""

    def __bool__(self) -> bool:
        return True


class SizeLimit(FileUploadHandler):
    """Drops the files of a request that says it is too large; they are read from the network, piece by piece."""

    is_dropped = False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:
        """Reads how much is on its way, of which a server hands on no more."""
        self.is_dropped = content_length > settings.EARSHOT_UPLOAD_MAX_BYTES

    def new_file(self, *args, **kwargs) -> None:
        """A file begins; what would keep it does not hear of one that is dropped."""
        super().new_file(*args, **kwargs)
        self.size = 0
        if self.is_dropped:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hands on what is within the limit."""
        self.size += len(raw_data)
        return None if self.is_dropped else raw_data

    def file_complete(self, file_size: int) -> TooLarge | None:
        """Says how large what was dropped is; other files are for the next handler."""
        return TooLarge(self.file_name, max(self.size, settings.EARSHOT_UPLOAD_MAX_BYTES)) if self.is_dropped else None
