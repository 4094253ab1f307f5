"""The present of the sample story."""

from datetime import UTC, datetime

NOW = datetime(2024, 3, 14, 9, 12, 30, tzinfo=UTC)
"""A Thursday morning."""
