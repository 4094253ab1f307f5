"""The time of the call-back, from the staff's side: booked for the customer, given back, put into a calendar."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.actions import clock
from amends.actions.access import access_case
from amends.actions.actors import Staff
from amends.actions.booking import do_book_call, do_unbook_call
from amends.actions.invitations import event_for_staff
from amends.desk.forms.calls import BookCall
from amends.desk.show.casepage import Written
from amends.desk.staff import for_staff
from amends.desk.views.case import done, show
from amends.desk.views.case_steps import carry_step
from amends.desk.views.own.call import call_file_of


@require_safe
@for_staff
def call_sheet(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Show what one needs on the phone, and nothing else: for a small screen, and for paper."""
    return show(request, who, number, Written(), template="desk/call.html")


@require_safe
@for_staff
def call_file(request: HttpRequest, who: Staff, number: int) -> HttpResponse:  # noqa: ARG001  a view's signature
    """Hand out the booked call as a file for one's own calendar; 404 where nothing was booked."""
    return call_file_of(event_for_staff(access_case(who, number)))


@require_POST
@for_staff
def book_call(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Book the call-back for the time that the customer named."""
    form = BookCall(request.POST)
    access_case(who, number)
    if not form.is_valid():
        return show(request, who, number, Written(bound={"book-call": form}), status=422)
    given = form.cleaned_data

    def step() -> None:
        do_book_call(who, number, given["slot"], at=clock.now(), phone=given["phone"])

    return carry_step(request, who, number, step, form={"book-call": form}, title=str(BookCall.title)) or done(
        request, number, _("Booked. The customer gets a mail with the time."), "#come-back"
    )


@require_POST
@for_staff
def unbook_call(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Give the agreed time back, and tell the customer."""

    def step() -> None:
        do_unbook_call(who, number, at=clock.now())

    return carry_step(request, who, number, step, form={}, title=str(BookCall.title)) or done(
        request, number, _("The time is free again, and the customer knows."), "#come-back"
    )
