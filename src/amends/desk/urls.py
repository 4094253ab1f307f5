"""The addresses of the pages."""

from django.urls import path

from amends.desk.views import approvals, calls, case_steps, composer, incidents, promise_steps, promises, waiting
from amends.desk.views.attachments import attachment
from amends.desk.views.case import case
from amends.desk.views.customers import customer, customers
from amends.desk.views.fairness import insight
from amends.desk.views.inbox import inbox
from amends.desk.views.notices import bell, notices, open_notice, read_notices
from amends.desk.views.outbox import outbox, try_again
from amends.desk.views.own.call import own_call_file
from amends.desk.views.own.files import own_file
from amends.desk.views.own.fresh import own_fresh
from amends.desk.views.own.link import revoke_link
from amends.desk.views.own.page import own, own_step
from amends.desk.views.own.thanks import thanks, thanks_as_pdf
from amends.desk.views.patterns import patterns
from amends.desk.views.remedies import add_remedy, change_remedy, remedies, switch_remedy
from amends.desk.views.settings import settings, switch_rule
from amends.desk.views.surveys import surveys
from amends.desk.views.today import today
from amends.desk.views.yours import end_absence, plan_absence, set_wishes

app_name = "desk"
urlpatterns = [
    path("patterns/", patterns, name="patterns"),
    path("", today, name="today"),
    path("inbox/", inbox, name="inbox"),
    path("cases/<int:number>/", case, name="case"),
    path("cases/<int:number>/reply/", composer.reply, name="reply"),
    path("cases/<int:number>/draft/", composer.draft, name="draft"),
    path("cases/<int:number>/coach/", composer.coach_part, name="coach"),
    path("cases/<int:number>/ask/", composer.ask, name="ask-approval"),
    path("cases/<int:number>/update/", waiting.update, name="update"),
    path("cases/<int:number>/wait/", waiting.look, name="wait"),
    path("cases/<int:number>/spoken/", composer.spoken, name="spoken"),
    path("cases/<int:number>/note/", composer.note, name="note"),
    path("cases/<int:number>/take-back/", composer.take_back, name="take-back"),
    path("cases/<int:number>/promises/", promise_steps.make_promise, name="make-promise"),
    path("cases/<int:number>/promises/<str:promise>/<slug:what>/", promise_steps.promise, name="promise"),
    path("promises/", promises.promises, name="promises"),
    path("promises/kept/", promises.kept, name="promises-kept"),
    path("promises/<str:promise>/", promises.promise, name="promise-page"),
    path("promises/<str:promise>/<slug:what>/", promises.answer, name="promise-answer"),
    path("cases/<int:number>/call.ics", calls.call_file, name="call_file"),
    path("cases/<int:number>/call/", calls.call_sheet, name="call-sheet"),
    path("cases/<int:number>/call/book/", calls.book_call, name="book-call"),
    path("cases/<int:number>/call/off/", calls.unbook_call, name="unbook-call"),
    path("cases/<int:number>/record/<slug:what>/", case_steps.record, name="record"),
    path("attachments/<int:number>/", attachment, name="attachment"),
    path("cases/<int:number>/incident/", incidents.case_incident, name="case-incident"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/open/", incidents.open_incident, name="open-incident"),
    path("incidents/<slug:incident>/", incidents.incident, name="incident"),
    path("incidents/<slug:incident>/progress/", incidents.progress, name="incident-progress"),
    path("incidents/<slug:incident>/change/", incidents.change_incident, name="change-incident"),
    path("incidents/<slug:incident>/link/", incidents.link, name="link-cases"),
    path("incidents/<slug:incident>/write/<slug:kind>/", incidents.write, name="write-to-many"),
    path("incidents/<slug:incident>/stop/<slug:broadcast>/", incidents.stop, name="stop-broadcast"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<str:approval>/", approvals.answer, name="answer-approval"),
    path("a/<str:token>/", approvals.link, name="approval-link"),
    path("notices/", notices, name="notices"),
    path("notices/bell/", bell, name="bell"),
    path("notices/read/", read_notices, name="read-notices"),
    path("notices/<int:number>/", open_notice, name="open-notice"),
    path("customers/", customers, name="customers"),
    path("customers/<int:number>/", customer, name="customer"),
    path("c/<str:token>/", own, name="own"),
    path("c/<str:token>/call.ics", own_call_file, name="own_call_file"),
    path("c/<str:token>/thanks/", thanks, name="own_thanks"),
    path("c/<str:token>/thanks.pdf", thanks_as_pdf, name="own_thanks_pdf"),
    path("c/<str:token>/fresh-link/", own_fresh, name="own_fresh"),
    path("c/<str:token>/files/<int:number>/", own_file, name="own_file"),
    path("c/<str:token>/<str:step>/", own_step, name="own_step"),
    path("surveys/", surveys, name="surveys"),
    path("insight/", insight, name="insight"),
    path("settings/", settings, name="settings"),
    path("settings/remedies/", remedies, name="remedies"),
    path("settings/remedies/add/", add_remedy, name="add-remedy"),
    path("settings/remedies/<slug:code>/change/", change_remedy, name="change-remedy"),
    path("settings/remedies/<slug:code>/switch/", switch_remedy, name="switch-remedy"),
    path("outbox/", outbox, name="outbox"),
    path("outbox/<int:number>/again/", try_again, name="try-again"),
    path("settings/wishes/", set_wishes, name="set-wishes"),
    path("settings/away/", plan_absence, name="plan-absence"),
    path("settings/away/<int:number>/end/", end_absence, name="end-absence"),
    path("settings/rules/<slug:code>/", switch_rule, name="switch-rule"),
    path("cases/<int:number>/link/revoke/", revoke_link, name="revoke_link"),
]
