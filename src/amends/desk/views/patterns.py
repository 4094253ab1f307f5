"""The pattern page: every component in every state, for those who build pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.desk import samples
from amends.desk.views.forms import SampleForm


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Show the page to an admin, or to anybody where AMENDS_DEBUG is on; to others it does not exist."""
    if not (settings.DEBUG or getattr(request.user, "is_admin", False)):
        raise Http404
    form = SampleForm({"name": "Maya Okafor", "email": "maya@", "told": ""})
    page = {"page": samples.PAGE, "shell": samples.SHELL, "now": samples.NOW, "form": form}
    return render(request, "desk/patterns.html", page)
