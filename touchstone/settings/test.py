"""测试设置: what differs while the tests run? Fast hashing, plain HTTP, a folder, a database and keys of their own."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from touchstone.settings.base import *  # noqa: F403
from touchstone.settings.base import DATABASES

# Two runs at once, in one clone or on one shared server, never meet: the name holds the process and some chance.
if "default" in DATABASES:
    unique = f"test_touchstone_{os.getpid()}_{secrets.token_hex(3)}"
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TOUCHSTONE_TEST_DB", unique)}
    # Each request of a test's server runs in a thread of its own; a connection kept warm answers it sooner than one made anew.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 20, "timeout": 30}

STATE_DIR = Path(tempfile.mkdtemp(prefix="touchstone-test-"))
LOG_DIR, LOG_KEY_FILE = STATE_DIR / "log", STATE_DIR / "log-key"
atexit.register(shutil.rmtree, STATE_DIR, ignore_errors=True)
SECRET_KEY = "d" * 64
FIELD_KEY = "5" * 64
CITY_ROOT_FILE = STATE_DIR / "city_root"
CITY_ROOT_FILE.write_text("7" * 64, encoding="ascii")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
