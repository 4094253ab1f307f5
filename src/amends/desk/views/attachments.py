"""Files that came with messages: to fetch, never to run."""

from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from amends.actions.access import LARGEST, NoAccess, access_case
from amends.actions.actors import Staff
from amends.desk.staff import for_staff
from amends.store import blobs
from amends.store.models import Attachment

# What a file has to begin with to be shown as what it says it is. Anything else is just bytes.
_BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
_NOTHING: Final = "default-src 'none'; sandbox"


@require_safe
@for_staff
def attachment(request: HttpRequest, who: Staff, number: int) -> HttpResponseBase:  # noqa: ARG001  a view's signature
    """Hand out a file of a case that they may see."""
    if number > LARGEST:
        raise NoAccess
    file = Attachment.objects.select_related("message").filter(pk=number).first()
    if file is None:
        raise NoAccess
    access_case(who, file.message.case_id)
    return handed_out(file)


def handed_out(file: Attachment) -> FileResponse:
    """Return the file as a download that no browser opens by itself. Raises `NoAccess` where its bytes are not here."""
    if file.dropped or not file.sha256:
        raise NoAccess
    try:
        content = blobs.reader(file.sha256)
    except FileNotFoundError:
        raise NoAccess from None
    beginning = content.read(16)
    content.seek(0)
    kind = file.content_type.lower()
    safe = beginning.startswith(_BEGINNINGS.get(kind, ()))
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=file.filename or "file",
        content_type=kind if safe else "application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = _NOTHING
    return answer
