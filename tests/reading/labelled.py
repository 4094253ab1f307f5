"""The labelled messages of `cases/`: each with what is wrong in its reading; `python -m tests.reading.labelled` writes
`misread.txt`, the names of those that are misread."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from amends.reading import Act, ActKind, Context, Reading, read
from amends.transcript import Message, Role

CASES = Path(__file__).parent / "cases"
MISREAD = Path(__file__).parent / "misread.txt"
WHOLE = frozenset(["upset", "mails"])  # files that are not about one act
AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A message and what must be read in it; `file` is the act, "upset" or "mails"."""

    name: str
    file: str
    act: str
    role: str
    held: dict[str, Any]

    def wrong(self) -> list[str]:
        """Return what is wrong in the reading of this message, a sentence each."""
        before = self.held.get("after", "")
        other = Role.AGENT if self.role == "customer" else Role.CUSTOMER
        context = Context(previous=before, previous_role=other if before else None)
        reading = read(Message(id="m", role=Role(self.role), text=self.held["say"], at=AT), context)
        if self.file == "upset":
            return list(_level(self.held["level"], reading))
        if self.file == "mails":
            return list(_mail(self.held, reading))
        return list(_act(self.act, self.held, reading))


def files() -> list[Path]:
    """Return the files that are about one act."""
    return sorted(path for path in CASES.glob("*.yml") if path.stem not in WHOLE)


def cases() -> Iterator[Case]:
    """Yield every case."""
    for path in files():
        held = yaml.safe_load(path.read_text("utf-8"))
        for name, case in held["cases"].items():
            told = {"after": held.get("after", ""), **case}
            yield Case(f"{path.stem}-{name}", path.stem, held["act"], held["role"], told)
    for name, case in yaml.safe_load((CASES / "upset.yml").read_text("utf-8"))["cases"].items():
        yield Case(f"upset-{name}", "upset", "", "customer", case)
    for name, case in yaml.safe_load((CASES / "mails.yml").read_text("utf-8")).items():
        yield Case(f"mails-{name}", "mails", "", case["role"], case)


@cache
def misread() -> frozenset[str]:
    """Return the names of the cases that are known to be misread."""
    return frozenset(line for line in MISREAD.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def _act(act: str, case: dict[str, Any], reading: Reading) -> Iterator[str]:
    text = case["say"]
    found: tuple[Act, ...] = ()
    if act == "left_to_us":
        quotes = [text[slice(*reading.left_to_us)]] if reading.left_to_us else []
    else:
        found = reading.of(ActKind(act))
        quotes = [text[one.start : one.end] for one in found]
    yield from (f"{words!r} is in none of {quotes}" for words in case["find"] if not any(words in q for q in quotes))
    yield from (f"{q!r} was not asked for" for q in quotes if not any(words in q for words in case["find"]))
    kinds = set(case["kinds"]) if "kinds" in case else {case["kind"]} if "kind" in case else None
    if kinds is not None and {one.kind for one in found} != kinds:
        yield f"the kinds are {sorted({one.kind for one in found})}"
    for name, value in (("amount", lambda one: str(one.amount)), ("plain", lambda one: one.plain)):
        if name in case and [value(one) for one in found] != [case[name]]:
            yield f"{name} is {[value(one) for one in found]}"
    if case.get("years") is not None and [one.tenure_years for one in found] != [case["years"]]:
        yield f"the years are {[one.tenure_years for one in found]}"


def _level(level: int | list[int], reading: Reading) -> Iterator[str]:
    low, high = level if isinstance(level, list) else (level, level)
    if reading.upset is None or not low <= reading.upset <= high:
        yield f"the level is {reading.upset}, not {level}"


def _mail(case: dict[str, Any], reading: Reading) -> Iterator[str]:
    found = {f"{act.act}{':' * bool(act.kind)}{act.kind}{'!' * act.plain}" for act in reading.acts}
    if found != set(case["acts"]):
        yield f"missed {sorted(set(case['acts']) - found)}, invented {sorted(found - set(case['acts']))}"
    if reading.upset != case.get("upset"):
        yield f"the level is {reading.upset}, not {case.get('upset')}"


if __name__ == "__main__":
    head = "# Cases that the reader misreads today. When one of them is read right, take it out.\n"
    MISREAD.write_text(head + "".join(f"{case.name}\n" for case in cases() if case.wrong()), "utf-8")
