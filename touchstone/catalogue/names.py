"""职业名称键: under which keys is an occupation found and sorted?"""

from pypinyin import Style, lazy_pinyin

from touchstone.kernel.numbers import name_key


def pinyin_key(name: str) -> str:
    """This function will give the pinyin of a name, whole and in initials: 电工 → `diangong dg`."""
    plain = name_key(name)
    whole = "".join(lazy_pinyin(plain))
    initials = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    return f"{whole} {initials}"[:200]
