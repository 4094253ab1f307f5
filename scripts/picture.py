"""Make the picture of the README: a case of the sample shop, in a desk of its own.

.venv/bin/python scripts/picture.py [number of the case]
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright
from shots import FLAGS

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "case.png"
PORT, SMTP_PORT = 8451, 8452
ROOM = {"width": 1280, "height": 1130}


def main() -> None:
    case = sys.argv[1] if len(sys.argv) > 1 else "12"
    amends = str(Path(sys.executable).parent / "amends")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        command = [amends, "up", "--demo", "--data", str(data), "--port", str(PORT), "--smtp-port", str(SMTP_PORT)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as desk:
            said = _started(desk)
            password = re.search(r"Password\s+(\S+)", said)
            assert password is not None, said
            _take(case, password[1])
            desk.terminate()


def _started(desk: "subprocess.Popen[str]") -> str:
    said = ""
    assert desk.stdout is not None
    while "Mail in" not in said:
        line = desk.stdout.readline()
        assert line, said
        said += line
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            break
    return said


def _take(case: str, password: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        page = browser.new_page(viewport=ROOM, device_scale_factor=1)  # type: ignore[arg-type]  # a size
        page.goto(f"http://127.0.0.1:{PORT}/account/login/")
        page.get_by_label("E-mail").fill("jonas@kettleandcup.example")
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
        page.goto(f"http://127.0.0.1:{PORT}/cases/{case}/")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
