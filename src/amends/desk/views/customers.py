"""The customers: a list to search in, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.actions import clock, house
from amends.actions.access import access_customer, visible_cases
from amends.actions.actors import Staff
from amends.desk.shell import shell
from amends.desk.show.customers import customer_page, customers_page
from amends.desk.show.goodwill import goodwill_view
from amends.desk.show.worths import worth_view
from amends.desk.staff import for_staff
from amends.desk.text import number_in
from amends.insight.customer import customer_sheet
from amends.insight.customers import history_of, latest, matching, orders_of
from amends.insight.relation import relation
from amends.insight.theirs import theirs_of
from amends.insight.worths import worth_of


@require_safe
@for_staff
def customers(request: HttpRequest, who: Staff) -> HttpResponse:
    """Show customers by their newest case (`?before=` a case's number), or what `?q=` finds."""
    now, currency, cases = clock.now(), house.policy().currency, visible_cases(who)
    query, before = request.GET.get("q", "").strip()[:200], number_in(request.GET.get("before", ""))
    if query:
        people = matching(cases, query, now=now, currency=currency)
    else:
        people = latest(cases, now=now, currency=currency, before=before)
    page = customers_page(people, query=query, later=before is not None and not query)
    frame = shell(request, who, "customers")
    return render(request, "desk/customers.html", {"page": page, "shell": frame, "now": now})


@require_safe
@for_staff
def customer(request: HttpRequest, who: Staff, number: int) -> HttpResponse:
    """Show one customer, with a page of what they bought (`?orders=` the last one that was shown)."""
    now, cases, before = clock.now(), visible_cases(who), number_in(request.GET.get("orders", ""))
    found = access_customer(who, number)
    policy, theirs = house.policy(), theirs_of(found, cases)
    page = customer_page(
        customer_sheet(found, theirs, but=0, currency=policy.currency, now=now),
        history_of(found, cases),
        orders_of(found, before=before),
        worth_view(worth_of(found, house.day_of(now), policy.currency), policy.stake, policy.currency),
        goodwill_view(relation(found, theirs, but=0, now=now), policy),
        now=now,
        no_surveys=found.no_surveys,
        later=before is not None,
    )
    frame = shell(request, who, "customers")
    return render(request, "desk/customer.html", {"page": page, "shell": frame, "now": now})
