"""运行设置: which settings does this process run under? The base ones, changed only by the environment."""

from touchstone.settings.base import *  # noqa: F403
