"""One browser for all tests that need one: `browser`, started once a session."""

import os
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import needs

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; tests open pages of their own in it."""
    path = needs.require("chromium")
    # Playwright's own loop runs in this thread, which Django would take for asynchronous code of ours.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=FLAGS)
        # What glides is still on its way when a test clicks on it or looks at its colours.
        calm = partial(started.new_context, reduced_motion="reduce")
        started.new_context = calm  # type: ignore[method-assign]  # wherever tests open a window
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
