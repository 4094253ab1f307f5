"""Names for files that strangers named."""

import re

from amends.formats.email.charsets import one_line

_LONGEST = 150  # characters; with a date in front it still fits every file system
_LONGEST_ENDING = 12
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_ENDINGS = {
    "application/json": ".json",
    "application/msword": ".doc",
    "application/ms-tnef": ".dat",
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "audio/mpeg": ".mp3",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
}


def file_name(name: str, *, content_type: str, number: int) -> str:
    r"""Return a name that is safe to store and show: no path, no control characters, not too long, never empty.

    >>> file_name("..\\..\\invoice?.pdf", content_type="application/pdf", number=1)
    'invoice_.pdf'
    >>> file_name("", content_type="image/png", number=2)
    'attachment-2.png'
    """
    bare = _FORBIDDEN.sub("_", one_line(name.replace("\\", "/")).rpartition("/")[2]).strip(". ")
    if not bare:
        return f"attachment-{number}{_ENDINGS.get(content_type, '.bin')}"
    if len(bare) <= _LONGEST:
        return bare
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return bare[:_LONGEST].rstrip()
    return f"{stem[: _LONGEST - len(ending) - 1].rstrip()}.{ending}"
