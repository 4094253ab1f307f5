"""The pages about the rules, made of their docstrings: `.venv/bin/python -m tests.coaching.pages` writes `docs/rules/`."""

from pathlib import Path

from amends.coaching.rules import RULES, Rule

FOLDER = Path(__file__).parents[2] / "docs" / "rules"
HEAD = """\
# Rules

The same rules speak beside a draft and over conversations that are past (`amends review`). **D**: diagnose before you
prescribe. **F**: fix the customer too. **A**: act. Each page is what `amends review --explain CODE` shows.

| code | name | severity | |
|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Return the pages by the names of their files."""
    rules = sorted(RULES, key=lambda rule: rule.code)
    found = {f"{rule.code}.md": page(rule) for rule in rules}
    rows = [f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {_first(rule)} |" for rule in rules]
    return {"README.md": HEAD + "\n".join(rows) + "\n", **found}


def page(rule: type[Rule]) -> str:
    """Return the page of a rule."""
    return f"# {rule.code} {rule.name}\n\n*{rule.severity}, {rule.life}*\n\n{rule.page()}\n"


def _first(rule: type[Rule]) -> str:
    return rule.page().partition("\n\n")[0].replace("\n", " ")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
