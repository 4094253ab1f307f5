"""The addresses of the pages."""

from django.urls import path

from amends.desk.views import case_steps, composer
from amends.desk.views.attachments import attachment
from amends.desk.views.case import case
from amends.desk.views.customers import customer, customers
from amends.desk.views.inbox import inbox
from amends.desk.views.notices import bell, notices, open_notice, read_notices
from amends.desk.views.own.link import revoke_link
from amends.desk.views.own.page import own, own_step
from amends.desk.views.patterns import patterns
from amends.desk.views.settings import settings, switch_rule
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
    path("cases/<int:number>/spoken/", composer.spoken, name="spoken"),
    path("cases/<int:number>/note/", composer.note, name="note"),
    path("cases/<int:number>/take-back/", composer.take_back, name="take-back"),
    path("cases/<int:number>/promises/", case_steps.make_promise, name="make-promise"),
    path("cases/<int:number>/promises/<str:promise>/<slug:what>/", case_steps.promise, name="promise"),
    path("cases/<int:number>/record/<slug:what>/", case_steps.record, name="record"),
    path("attachments/<int:number>/", attachment, name="attachment"),
    path("notices/", notices, name="notices"),
    path("notices/bell/", bell, name="bell"),
    path("notices/read/", read_notices, name="read-notices"),
    path("notices/<int:number>/", open_notice, name="open-notice"),
    path("customers/", customers, name="customers"),
    path("customers/<int:number>/", customer, name="customer"),
    path("c/<str:token>/", own, name="own"),
    path("c/<str:token>/<str:step>/", own_step, name="own_step"),
    path("settings/", settings, name="settings"),
    path("settings/wishes/", set_wishes, name="set-wishes"),
    path("settings/away/", plan_absence, name="plan-absence"),
    path("settings/away/<int:number>/end/", end_absence, name="end-absence"),
    path("settings/rules/<slug:code>/", switch_rule, name="switch-rule"),
    path("cases/<int:number>/link/revoke/", revoke_link, name="revoke_link"),
]
