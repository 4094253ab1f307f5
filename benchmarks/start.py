"""Starting and idling: from `amends up` to the first page, on an empty folder and again; and memory."""

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PORT, SMTP_PORT = 8461, 8462
TIMES = 5


def main() -> None:
    """Print seconds to the first page, and RSS and PSS of the whole process group after ten seconds of idling."""
    for name, keep in (("first start, empty folder", False), ("second start", True)):
        taken = [_start(keep=keep) for _ in range(TIMES)]
        print(f"{name:<28} {min(taken):.2f} s at best, {sorted(taken)[TIMES // 2]:.2f} s in the middle of {TIMES}")
    print(_idle())


def _start(*, keep: bool) -> float:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        if keep:
            _stop(_up(data))
        start = time.perf_counter()
        desk = _up(data)
        taken = time.perf_counter() - start
        _stop(desk)
        shutil.rmtree(data)
        return taken


def _idle() -> str:
    with tempfile.TemporaryDirectory() as folder:
        desk = _up(Path(folder) / "data")
        time.sleep(10)
        listed = subprocess.run(["ps", "-eo", "pid=,pgid="], capture_output=True, text=True, check=True).stdout
        group = [int(pid) for pid, pgid in map(str.split, listed.splitlines()) if int(pgid) == desk.pid]
        rolls = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in group]
        rss, pss = (sum(_field(roll, name) for roll in rolls) / 1024 for name in ("Rss", "Pss"))
        _stop(desk)
        return f"idle: {len(group)} processes, {rss:.0f} MB resident, {pss:.0f} MB with shared pages counted once"


def _field(roll: str, name: str) -> int:
    return next(int(line.split()[1]) for line in roll.splitlines() if line.startswith(f"{name}:"))


def _up(data: Path) -> "subprocess.Popen[bytes]":
    amends = str(Path(sys.executable).parent / "amends")
    command = [amends, "up", "--data", str(data), "--port", str(PORT), "--smtp-port", str(SMTP_PORT)]
    desk = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while desk.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/account/login/")
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return desk
    raise SystemExit("The desk ended before it began; run `amends up` by hand to see why.")


def _stop(desk: "subprocess.Popen[bytes]") -> None:
    desk.terminate()
    desk.wait(10)


if __name__ == "__main__":
    main()
