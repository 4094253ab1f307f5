"""Files that strangers send along with a form: none. They come by mail, where they are looked at."""

from typing import Never

from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParserError


class NoFiles(FileUploadHandler):
    """Refuses a form with a file in it, before a byte of that is kept. No form of the desk has a place for one."""

    def new_file(self, *args: object, **kwargs: object) -> Never:  # noqa: ARG002  # Django's signature
        """Raise `MultiPartParserError`, which Django answers with 400."""
        raise MultiPartParserError("Files are not taken by form.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing: it does not come to this."""

    def file_complete(self, file_size: int) -> None:
        """Return no file: it does not come to this."""
