"""Every answer carries the headers, and only a framed one may be framed."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from amends.channels.webform.framing import allow_frames
from amends.server.middleware import guard


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


@pytest.mark.django_db
def test_a_page_of_ours_runs_nothing_but_ours() -> None:
    headers = Client().get("/account/login/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_a_framed_view_names_who_may(rf: RequestFactory, settings: Settings) -> None:
    settings.AMENDS_FRAME_ORIGINS = ("https://shop.example.com",)
    headers = guard(lambda request: allow_frames(page(request)))(rf.get("/")).headers
    assert "frame-ancestors 'self' https://shop.example.com" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_what_a_view_decides_stands(rf: RequestFactory) -> None:
    def cached(request: HttpRequest) -> HttpResponse:
        return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})

    assert guard(cached)(rf.get("/")).headers["Cache-Control"] == "max-age=60"
