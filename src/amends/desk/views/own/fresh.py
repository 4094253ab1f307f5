"""Asking for a link that works, by whoever holds one that does not."""

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from amends.actions import clock
from amends.actions.fresh_links import do_send_fresh_link
from amends.actions.links import case_behind
from amends.desk.views.own.door import headed, no_access
from amends.desk.views.own.limit import may_ask_for_a_link


@require_http_methods(["GET", "HEAD", "POST"])
def own_fresh(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mail a new link to the address that we know. The answer is the same whether there is anybody to mail it to."""
    if request.method != "POST":
        return headed(no_access(request, token, asked="sent" in request.GET))
    now, case = clock.now(), case_behind(token)
    if case is not None and may_ask_for_a_link(case, now):
        do_send_fresh_link(case, at=now)
    return headed(HttpResponseRedirect(f"{reverse('desk:own_fresh', args=[token])}?sent=1"))
