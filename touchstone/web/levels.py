"""等级选择: how are levels offered and written on pages?"""

from collections.abc import Iterable

from touchstone.policy.eligibility.levels import Level

LEVEL_CHOICES = [(str(level.value), level.label) for level in sorted(Level, reverse=True)]


def level_label(level: int) -> str:
    """This function will write a level: 3 → 三级/高级工."""
    return Level(level).label


def levels_label(levels: Iterable[int]) -> str:
    """This function will write several levels shortly, from the lowest up: 五、四、三级."""
    wanted = sorted(set(levels), reverse=True)
    return "、".join("零一二三四五"[level] for level in wanted) + "级" if wanted else "无"
