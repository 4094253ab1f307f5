"""Static files: hashed and compressed once collected, and plain before that."""

from pathlib import Path

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise types none of it
    """Names carry a hash once `collectstatic` has run; in a fresh checkout the plain names serve.

    So neither tests nor a first look need a build, and a production page may be cached for ever.
    """

    def stored_name(self, name: str) -> str:
        """Return the hashed name of `name`, or `name` itself where nothing was collected."""
        if not self.hashed_files:
            return name
        stored: str = super().stored_name(name)
        return stored


class Serving(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise types none of it
    """Serves static files from where they were collected, or else from the package."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """Add the files below `root`, without a warning where nothing was collected yet."""
        if Path(root).is_dir():
            super().add_files(root, prefix=prefix)
