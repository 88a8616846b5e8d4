"""数据库位置: where is the database, and is it running?

`DATABASE_URL` names any PostgreSQL of version 15 or newer; without it an embedded server is started.
"""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from touchstone.installation.embedded import server_uri
from touchstone.installation.place import ROOT, state_dir

POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 2}
"""A browser that waits for ten seconds is told within three that the database is away, and a new attempt to reach it is made every two."""
PATIENCE = {"connect_timeout": "3", "keepalives_idle": "10", "keepalives_interval": "3", "keepalives_count": "3", "tcp_user_timeout": "10000"}
"""For a server that is reached by a network: one that is gone without a word is known as gone in ten seconds rather than a quarter of an hour."""

__all__ = ["ROOT", "database_settings", "embedded_server_uri", "state_dir"]


def embedded_server_uri(database: str = "postgres") -> str:
    """Start the embedded PostgreSQL if it does not run yet and give the address of `database` in it."""
    return server_uri(state_dir(), database)


def database_settings() -> dict[str, Any]:
    """Give Django's `DATABASES["default"]`.

    :raises ValueError: when `DATABASE_URL` is not a PostgreSQL address.
    """
    url = os.environ.get("DATABASE_URL") or embedded_server_uri("touchstone")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL 应是 postgresql:// 地址, 现为 {parts.scheme}://")
    options: dict[str, Any] = PATIENCE | dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "touchstone",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options | {"pool": POOL},
        # A connection that died with the server is found before it is used, not by the one who gets it.
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("TOUCHSTONE_TEST_DB", "test_touchstone")},
    }
