"""What the staff can do about a customer's link: take all of a case's links back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.actions import clock
from amends.actions.actors import Staff
from amends.actions.links import do_revoke_link
from amends.desk.staff import for_staff


@require_POST
@for_staff
def revoke_link(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Revoke the links to the customer's page that were sent so far, and go back to the case."""
    do_revoke_link(who, number, at=clock.now())
    messages.success(request, _("The old links open nothing any more. The next mail to the customer brings a new one."))
    return HttpResponseRedirect(reverse("desk:case", args=[number]))
