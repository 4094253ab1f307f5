"""Wishes to give more: the list, the answer, and the link in a mail by which it is given without logging in."""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.actions import clock, house
from amends.actions.access import NoAccess, access_approval, visible_cases
from amends.actions.actors import Staff
from amends.actions.approval_links import Answered as AnsweredAlready
from amends.actions.approval_links import approver
from amends.actions.approvals import Answered, do_answer_approval
from amends.desk.contexts.approvals import ApprovalLinkPage, WishView
from amends.desk.forms.fields import LONGEST
from amends.desk.shell import shell
from amends.desk.show.approvals import approvals_page, said, wish_view
from amends.desk.staff import for_staff
from amends.desk.views.own.door import headed
from amends.desk.views.own.limit import may_answer
from amends.insight.approvals import open_wishes, wish_of
from amends.method.decide import Impossible
from amends.store.models import Approval, User

_ANSWERS = {"send": True, "yes": True, "no": False}
"""What the buttons say, and whether it is a yes."""


@require_safe
@for_staff
def approvals(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show the wishes that wait in the cases that one may see, the longest waiting first."""
    return _list(request, who, {})


@require_POST
@for_staff
def answer(request: HttpRequest, who: Staff, approval: str) -> HttpResponse:
    """Answer a wish. Where that cannot be, the word to the colleague stays."""
    access_approval(who, approval)
    try:
        words = _answer(request, who, approval)
    except Impossible as why:
        messages.error(request, _(str(why)))
        return _list(request, who, {approval: _word(request)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:approvals"))


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show the wish that a link in a mail is about; answer it with a POST, under the name that the link bears."""
    return headed(_link(request, token))


def _link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        who, row = approver(token)
    except AnsweredAlready:
        return _show_link(request, said=_("This has been answered. There is nothing left to do."))
    except NoAccess:
        why = _("This link does not open anything (any more). It works for a week, for the one who got it.")
        return _show_link(request, said=why, status=HTTPStatus.NOT_FOUND)
    zone = User.objects.values_list("time_zone", flat=True).get(pk=who.id) or house.calendar().zone
    with timezone.override(zone):
        if request.method != "POST":
            return _show_link(request, who, wish=_wish(request, row))
        if not may_answer(who.id, clock.now()):
            why = _("That was a lot for one hour. Log in to go on.")
            return _show_link(request, who, wish=_wish(request, row), refused=why, status=HTTPStatus.TOO_MANY_REQUESTS)
        try:
            words = _answer(request, who, row.pk)
        except Impossible as no:
            wish, why = _wish(request, row), _(str(no))
            return _show_link(request, who, wish=wish, refused=why, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return _show_link(request, who, said=words)


def _answer(request: HttpRequest, who: Staff, approval: str) -> str:
    """Do what the pressed button says, and return what came of it. Raises `Impossible`."""
    pressed = request.POST.get("answer", "")
    if pressed not in _ANSWERS:
        raise Impossible("Press one of the buttons: yes, or no.")
    granted, send = _ANSWERS[pressed], pressed == "send"
    found: Answered = do_answer_approval(who, approval, granted=granted, why=_word(request), send=send, at=clock.now())
    return said(found, granted=granted)


def _word(request: HttpRequest) -> str:
    return request.POST.get("why", "")[:LONGEST]


def _list(request: HttpRequest, who: Staff, typed: Mapping[str, str], status: int = HTTPStatus.OK) -> HttpResponse:
    now = clock.now()
    page = approvals_page(open_wishes(visible_cases(who)), who, house.policy(), now, typed=typed)
    context = {"page": page, "shell": shell(request, who, "approvals"), "now": now}
    return render(request, "desk/approvals.html", context, status=status)


def _wish(request: HttpRequest, row: Approval) -> WishView:
    return wish_view(
        wish_of(row), house.policy(), clock.now(), answer_url=request.path, word=_word(request), alone=True
    )


def _show_link(
    request: HttpRequest,
    who: Staff | None = None,
    *,
    wish: WishView | None = None,
    said: str = "",
    refused: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    page = ApprovalLinkPage(
        reader=who.name if who is not None else "",
        wish=wish,
        said=said,
        refused=refused,
        log_in_url=reverse("desk:approvals"),
    )
    return render(request, "desk/approval_link.html", {"page": page, "now": clock.now()}, status=status)
