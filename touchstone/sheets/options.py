"""选项: which of the options did the person mean?"""

import re

_ALIASES = {
    "硕士": "研究生", "硕士研究生": "研究生", "博士研究生": "博士", "本科": "大学本科", "大专": "大学专科和专科学校",
    "专科": "大学专科和专科学校", "中专": "中等专业学校", "身份证": "居民身份证", "第二代居民身份证": "居民身份证", "党员": "中共党员",
    "团员": "共青团员", "汉": "汉族", "有": "是", "无": "否", "Y": "是", "N": "否",
}  # fmt: skip
_LEVELS = (
    ("五级/初级工", ("5", "五", "初级")),
    ("四级/中级工", ("4", "四", "中级")),
    ("三级/高级工", ("3", "三", "高级")),
    ("二级/技师", ("2", "二", "技师")),
    ("一级/高级技师", ("1", "一", "高级技师")),
)


def plain(text: str) -> str:
    """This function will reduce a text to what is compared: no blanks, one kind of brackets and strokes."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）").replace("／", "/").replace("、", "/").casefold()


def level_of(text: str) -> str | None:
    """This function will know a level under its usual names: 3, 三级, 高级工, 三级/高级工, 三级（高级工）."""
    bare = re.sub(r"[级工（）/]", "", plain(text))
    for name, short in _LEVELS:
        if bare in {re.sub(r"[级工]", "", word) for word in short} | {re.sub(r"[级工/]", "", name)}:
            return name
    return None


def choose(text: str, options: tuple[str, ...]) -> str | None:
    """This function will find the option meant: exact but for blanks and brackets, a usual other name, or the only one that
    begins so (at least two characters)."""
    if text in options:
        return text
    wanted = plain(text)
    if not wanted:
        return None
    exact = [option for option in options if plain(option) == wanted]
    if exact:
        return exact[0]
    alias = _ALIASES.get(text.strip())
    if alias in options:
        return alias
    level = level_of(text)
    if level is not None:
        same = [option for option in options if level_of(option) == level]
        if len(same) == 1:
            return same[0]
    starts = [option for option in options if len(wanted) >= 2 and plain(option).startswith(wanted)]
    return starts[0] if len(starts) == 1 else None
