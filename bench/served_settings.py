"""对照设置: the product's settings, with the addresses of `bench.served_urls`."""

from touchstone.settings import *  # noqa: F403

ROOT_URLCONF = "bench.served_urls"
