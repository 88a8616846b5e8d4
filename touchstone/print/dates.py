"""日期写法: how does paper write a day?"""

from datetime import date


def chinese_date(day: date) -> str:
    """This function will write 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"
