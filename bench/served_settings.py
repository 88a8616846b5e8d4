"""对照页面设置: the product's settings, with the addresses of `bench.served`."""

from touchstone.settings import *  # noqa: F403

ROOT_URLCONF = "bench.served"
