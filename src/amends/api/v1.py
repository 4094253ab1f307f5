"""Version 1 of the API. Within it, fields are only ever added."""

from typing import Final

from ninja import NinjaAPI

from amends.api import approvals, cases, complaints, fair, incidents, notices, promises, purchases, steps
from amends.api.auth import Key
from amends.api.problems import answer_problems

api: Final = NinjaAPI(
    title="Amends",
    version="1",
    description="Complaints in, cases out, and everything that can be done about them. See docs/api.md.",
    docs_url=None,  # the usual page of documents loads scripts from elsewhere; openapi.json is for tools of your own
    urls_namespace="api-v1",
    auth=Key(),
)
answer_problems(api)
for _router in (
    complaints.router,
    cases.router,
    steps.router,
    fair.router,
    promises.router,
    approvals.router,
    incidents.router,
    notices.router,
    purchases.router,
):
    api.add_router("", _router)
