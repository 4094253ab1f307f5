"""Files of the customer's own case: to fetch, never to run."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from amends.actions.access import LARGEST, NoAccess
from amends.actions.actors import Guest
from amends.desk.views.attachments import handed_out
from amends.desk.views.own.door import for_guest
from amends.insight.customer_page import file_of
from amends.store.models import Case


@require_safe
@for_guest
def own_file(request: HttpRequest, who: Guest, case: Case, number: int) -> HttpResponseBase:  # noqa: ARG001  a view's signature
    """Hand out a file that came with a message which they wrote, or were sent; of any other there is none."""
    file = file_of(case, number) if number <= LARGEST else None
    if file is None:
        raise Http404
    try:
        return handed_out(file)
    except NoAccess:
        raise Http404 from None
