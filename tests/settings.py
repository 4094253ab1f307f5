"""The desk's own settings, on a machine that is only there for tests: nothing set but a key and a data folder of this process.

DATABASE_URL is kept, so that the same tests run on PostgreSQL.
"""

import os
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("AMENDS_")]:
    del os.environ[_name]
os.environ |= {
    "AMENDS_SECRET_KEY": "only for tests, and long enough for them",
    "AMENDS_DATA": str(Path(__file__).resolve().parent.parent / "test-results" / f"data-{os.getpid()}"),
}

from amends.server.settings import *  # noqa: E402, F403 - after the environment is what it should be

# Hashing passwords well is meant to be slow; a cast of three logs in all day.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
