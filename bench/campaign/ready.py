"""预备进程: what the clean server process holds before it makes children: Django started, no connection open."""

import os

from bench.in_django import start_django

if os.environ.get("DATABASE_URL"):
    start_django()
