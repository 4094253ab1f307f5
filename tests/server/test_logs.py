"""One line each, and no secrets."""

import logging

import pytest

from amends.server.logs import OneLine, strike


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("cannot reach smtp://mia:hunter2@mail.example.com", "hunter2"),
        ("postgresql://desk:hunter2@db/amends refused", "hunter2"),
        ("Not Found: /c/MTA0Mg:1rkXyz:Fv5kZr9mQy0aA-8sJbKq2Lw3Ee4Tt6Uu7Yy8Ii9Oo0P/", "Fv5kZr9mQy0aA"),
        ("GET /confirm?token=abcdef&x=1", "abcdef"),
        ("login with password=hunter2 failed", "hunter2"),
    ],
)
def test_secrets_are_struck_out(line: str, secret: str) -> None:
    assert secret not in strike(line)


@pytest.mark.parametrize(
    "line", ["GET /case/1042/", "GET /static/desk/components.0123456789ab.css", "Update due at 17:00"]
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert strike(line) == line


def test_a_traceback_is_one_line_too() -> None:
    with pytest.raises(KeyError) as caught:
        dict[str, str]()["first\nsecond"]
    record = logging.LogRecord(
        "amends", logging.ERROR, "x.py", 1, "It broke", None, (caught.type, caught.value, caught.tb)
    )
    told = OneLine("{levelname} {name}: {message}", style="{").format(record)
    assert told.startswith("ERROR amends: It broke | Traceback")
    assert "\n" not in told
