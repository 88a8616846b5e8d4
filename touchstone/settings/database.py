"""数据库位置: where is the database, and is it running?

`DATABASE_URL` names any PostgreSQL of version 15 or newer; without it an embedded server is started.
"""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


def state_dir() -> Path:
    """Give the folder that holds this clone's data: database, attachments, keys.

    Keyed by the clone's path, so that two clones never share one. The parents must be traversable by the
    server's own user, which is why root keeps it under /var/lib and not in a home folder.
    """
    if chosen := os.environ.get("TOUCHSTONE_STATE"):
        return Path(chosen)
    clone = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/touchstone") / clone
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state")) / "touchstone" / clone


def embedded_server_uri(database: str = "postgres") -> str:
    """Start the embedded PostgreSQL if it does not run yet and give the address of `database` in it."""
    from touchstone.settings.embedded import server_uri

    return server_uri(state_dir(), database)


def database_settings() -> dict[str, Any]:
    """Give Django's `DATABASES["default"]`.

    :raises ValueError: when `DATABASE_URL` is not a PostgreSQL address.
    """
    url = os.environ.get("DATABASE_URL") or embedded_server_uri("touchstone")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL 应是 postgresql:// 地址, 现为 {parts.scheme}://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "touchstone",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options | ({} if "pytest" in sys.modules else {"pool": {"min_size": 1, "max_size": 8}}),
        "TEST": {"NAME": os.environ.get("TOUCHSTONE_TEST_DB", "test_touchstone")},
    }
