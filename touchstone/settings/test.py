"""测试设置: what differs while the tests run? Fast hashing, plain HTTP, a folder and keys of their own."""

import os
import secrets
import tempfile
from pathlib import Path

os.environ.setdefault("TOUCHSTONE_PLAIN_HTTP", "1")
os.environ.setdefault("TOUCHSTONE_SECRET_DJANGO", "d" * 64)
os.environ.setdefault("TOUCHSTONE_SECRET_FIELDS", "5" * 64)

# Two runs at once, in one clone or on one shared server, never meet: the name holds the process and some chance.
os.environ.setdefault("TOUCHSTONE_TEST_DB", f"test_touchstone_{os.getpid()}_{secrets.token_hex(3)}")

from touchstone.settings.base import *  # noqa: F403

STATE_DIR = Path(tempfile.mkdtemp(prefix="touchstone-test-"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
