"""The one Django app that has models."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All tables of Amends."""

    name = "amends.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
