"""Files that come along with a form: a few small ones where a page takes them, and none anywhere else."""

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParserError

from amends.desk.views.own.filefield import MOST_BYTES


class FewFiles(FileUploadHandler):
    """Keeps files in memory for a view that takes them (`takes_files`), and refuses a form with one for any other.

    What is beyond `MOST_BYTES` is counted and not kept: such a file reaches the form with its true size and without
    its content, so that the form can say what is too large and keeps everything else that was typed.
    """

    _taken = 0  # bytes of all files so far

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file. Raises `MultiPartParserError`, which Django answers with 400, where no form takes one."""
        match = self.request.resolver_match if self.request is not None else None
        if not getattr(match.func if match is not None else None, "takes_files", False):
            raise MultiPartParserError("Files are not taken by this form.")
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]  # Django's signature, handed on
        self._kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002  # Django's signature
        """Keep a piece of the file while there is room."""
        self._taken += len(raw_data)
        if self._taken <= MOST_BYTES:
            self._kept.write(raw_data)
        else:
            self._kept = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file, or its name and size alone where there was no room."""
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
