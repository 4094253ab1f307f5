"""Django, opened for a command: settings from the data folder, mistakes in them as sentences."""

import os
from pathlib import Path

import click

SETTINGS = "amends.server.settings"


def open_desk(data: Path) -> None:
    """Set Django up for the desk in `data`. Where it is set up already (as in tests) that one stays.

    Raises `click.ClickException` with a sentence that names the fix where the settings cannot be used.
    """
    import django
    from django.apps import apps
    from django.core.exceptions import ImproperlyConfigured

    if apps.ready:
        return
    os.environ["AMENDS_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None
