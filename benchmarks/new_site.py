"""A new site for one run behind the shipped proxy: its settings, its database migrated."""

import os
import subprocess
import sys
from pathlib import Path

from scripts.check_django import DEPLOYMENT
from tests.portal.config.deployment import HOST, ROOT


def new_site(folder: Path, **services: str) -> dict[str, str]:
    """Migrate a database below `folder`, or the one that `services` name; return the site's environment."""
    environment = DEPLOYMENT | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"} | services
    environment |= {
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "TRUSTED_PROXY_COUNT": "1",
        "YISHI_VAR": str(folder / "var"),
    }
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=os.environ | environment, check=True)
    return environment
