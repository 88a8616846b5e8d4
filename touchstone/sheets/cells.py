"""单元格: what text does this cell hold, whatever Excel made of it?"""

from datetime import date, datetime, time, timedelta

LOST_DIGITS = "是以数字格式存放的，Excel只保留15位有效数字，末几位已经丢失。请把该列设为“文本”格式后重新输入完整号码。"
_EXACT = 1e15


def cell_text(value: object) -> tuple[str, str]:
    """This function will give (text, fault); fault is empty unless the cell cannot be trusted.

    A true date becomes 2024-01-05, a whole number loses its .0.
    """
    if value is None:
        return "", ""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, int | float):
        return _number_text(float(value))
    if isinstance(value, datetime):
        return (value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")), ""
    if isinstance(value, date):
        return value.isoformat(), ""
    if isinstance(value, time | timedelta):
        return str(value), ""
    return str(value), ""


def _number_text(value: float) -> tuple[str, str]:
    if value != value or value in (float("inf"), float("-inf")):
        return "", ""
    if abs(value) >= _EXACT:
        return f"{value:.0f}", LOST_DIGITS
    if value == int(value):
        return str(int(value)), ""
    return repr(round(value, 10)), ""


def cell_name(row: int, column: int) -> str:
    """This function will name a cell as Excel does: (0, 0) → A1, (4, 27) → AB5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
