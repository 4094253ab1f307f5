"""Static files: hashed and compressed once collected, and plain before that."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Collected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise types none of it
    """Names carry a hash once `collectstatic` has run; in a fresh checkout the plain names serve.

    So neither tests nor a first look need a build, and a production page may be cached for ever.
    """

    support_js_module_import_aggregation = True  # our modules import one another by relative names
    keep_only_hashed_files = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name of `name`, or `name` itself where nothing was collected."""
        if not self.hashed_files:
            return name
        stored: str = super().stored_name(name)
        return stored
