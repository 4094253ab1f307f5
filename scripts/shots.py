"""Look at pages: pictures in wide and narrow, light and dark, with what axe finds and what the console says.

    .venv/bin/python scripts/shots.py --out shots http://127.0.0.1:8000/patterns/ [more addresses]

With AMENDS_LOGIN=address:password in the environment it logs in first. The server has to run already.
Ends with 1 when axe or the console had something to say.
"""

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    found = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for line in looks(browser, given.urls, given.out):
            found += 1
            print(line)
        browser.close()
    return int(found > 0)


def looks(browser: Browser, urls: list[str], out: Path) -> Iterator[str]:
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = browser.new_page(
                viewport={"width": width, "height": 800},
                color_scheme="dark" if scheme == "dark" else "light",
                device_scale_factor=2 if width < 600 else 1,
            )
            said: list[str] = []
            page.on(
                "console", lambda message, said=said: said.append(message.text) if message.type == "error" else None
            )
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            log_in(page, urls[0])
            for url in urls:
                yield from look(page, url, out / f"{slug(url)}-{width}-{scheme}.png", said)
            page.close()


def look(page: Page, url: str, picture: Path, said: list[str]) -> Iterator[str]:
    page.goto(url)
    page.screenshot(path=picture, full_page=True)
    yield from (f"{picture.name}: console: {text[:200]}" for text in dict.fromkeys(said))
    said.clear()
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        yield f"{picture.name}: {overflow} px wider than the window"
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            why = node["failureSummary"].splitlines()[-1].strip()
            yield f"{picture.name}: axe {violation['id']}: {node['html'][:140]} ({why})"


def log_in(page: Page, url: str) -> None:
    if not (login := os.environ.get("AMENDS_LOGIN")):
        return
    email, _, password = login.partition(":")
    parts = urlsplit(url)
    page.goto(f"{parts.scheme}://{parts.netloc}/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_load_state()


def slug(url: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower()).strip("-") or "home"


if __name__ == "__main__":
    sys.exit(main())
