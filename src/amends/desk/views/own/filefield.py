"""A field for a few files at once, with limits that are said in plain words."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

MOST_FILES: Final = 5
MOST_BYTES: Final = 10 * 1024 * 1024
"""Bytes of all files of one message together. A photograph of a telephone has three to six million."""


class FilesInput(forms.FileInput):
    """A file input in which several can be chosen."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Files as a tuple, empty for none. What is refused has to be chosen again: no browser keeps it."""

    widget = FilesInput(attrs={"multiple": True})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # Django's options, handed on
        super().__init__(help_text=lazy(_limits, str)(), allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> "tuple[UploadedFile[bytes], ...]":  # noqa: ANN401, ARG002  # Django's signature
        """Return the files. Raises `ValidationError` for too many, and for too much of them."""
        files: tuple[UploadedFile[bytes], ...] = tuple(data or ())
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("These are %(count)s files; a message takes %(most)s. Please choose some, and send the others after.")
                % {"count": len(files), "most": MOST_FILES}
            )
        size = sum(file.size or 0 for file in files)
        if size > MOST_BYTES:
            raise forms.ValidationError(
                _("These files have %(size)s; a message takes %(most)s. Please choose fewer or smaller ones.")
                % {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)}
            )
        return files


def _limits() -> str:
    return _("Up to %(files)s files, %(size)s together.") % {"files": MOST_FILES, "size": filesizeformat(MOST_BYTES)}
