"""Policies read from files: the presets that come with the product, and the one of a house laid over one of them."""

import tomllib
from importlib.resources import files
from typing import Any

import msgspec

from amends.method.calendar import BadCalendar
from amends.method.policy.checks import wrong_number
from amends.method.policy.numbers import Policy


class BadPolicy(ValueError):
    """The policy file cannot be used; the message says where it is wrong and what would be right."""


def presets() -> list[str]:
    """Return the names of the presets that come with the product."""
    return sorted(
        f.name.removesuffix(".toml")
        for f in files("amends.method").joinpath("presets").iterdir()
        if f.name != "__init__.py"
    )


def load_preset(name: str) -> Policy:
    """Return a preset by name, or raise `BadPolicy` with the names that there are."""
    return _convert(_preset(name), where=f"the preset {name!r}")


def load_policy(text: str, where: str = "policy.toml", *, extends: str = "") -> Policy:
    """Return the policy written in `text`: what it says itself over what it `extends`, or raise `BadPolicy`.

    `extends` names another preset in place of the one that the text names.
    """
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    if extends:
        own["extends"] = extends
    return _convert(_over(_preset(str(own.get("extends") or "default")), own), where=where)


def _preset(name: str) -> dict[str, Any]:
    if name not in presets():
        raise BadPolicy(f"There is no preset {name!r}; there are: {', '.join(presets())}.")
    own = tomllib.loads(files("amends.method").joinpath("presets", f"{name}.toml").read_text("utf-8"))
    return _over(_preset(own["extends"]), own) if own.get("extends") else own


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with `own` laid over it, table by table; hours are replaced whole, never mixed.

    Who names a country names its part as well, or means all of it: a part of another country would make no sense.
    """
    if "country" in own:
        base = {key: value for key, value in base.items() if key != "subdivision"}
    both = {
        key: _over(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict) and key != "hours"
        else value
        for key, value in own.items()
    }
    return base | both


def _convert(raw: dict[str, Any], where: str) -> Policy:
    try:
        policy = msgspec.convert(_with_teams(raw), Policy, strict=False)
    except msgspec.ValidationError as wrong:
        raise BadPolicy(f"{where}: {wrong}") from None
    hours = {"calendar": policy.calendar} | {f'teams."{n}".calendar': t.calendar for n, t in policy.teams.items()}
    for table, given in hours.items():
        try:
            given.calendar()
        except BadCalendar as wrong:
            raise BadPolicy(f"{where}, [{table}]: {wrong}") from None
    slip = wrong_number(policy)
    if slip:
        raise BadPolicy(f"{where}: {slip}")
    return policy


def _with_teams(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the policy with each team's hours laid over the house's; what is no table is left for the check of it."""
    teams, house = raw.get("teams"), raw.get("calendar")
    if not isinstance(teams, dict) or not isinstance(house, dict):
        return raw
    laid = {
        name: team | {"calendar": _over(house, team["calendar"])}
        if isinstance(team, dict) and isinstance(team.get("calendar"), dict)
        else team
        for name, team in teams.items()
    }
    return raw | {"teams": laid}
