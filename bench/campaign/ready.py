"""预备进程: what the clean server process holds before it makes children: Django started, no connection open."""

import os

from bench.campaign.place import start

if os.environ.get("DATABASE_URL"):
    start()
