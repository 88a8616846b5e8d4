"""手册·义务: the page of duties: each sentence of the notice with the rules, pages and tests that carry it."""

from touchstone.policy.book.words import page_of, table
from touchstone.policy.coverage import Record, cover
from touchstone.policy.duties import ROWS

INTRO = ["义务的“已实现”不由人填写：最近一次完整测试中，标注该义务的浏览器旅程全部走过所列页面并通过，才算已实现。", ""]


def page(record: Record) -> str:
    """This function will write the page."""
    blocks = [INTRO]
    for row, covered in zip(ROWS, cover(record), strict=True):
        state = "已实现" if covered.working else "部分实现" if covered.part else "尚未实现"
        rows = [
            (
                one.key,
                one.sentence,
                "、".join(f"`{key}`" for key in one.rules) or "—",
                "、".join(f"`{name}`" for name in one.pages) or "—",
                "、".join(record.get(one.key, {}).get("journeys", [])) or "尚无",
            )
            for one in row.duties
        ]
        heading = f"## {row.key} {row.title}（通知 {row.clause}）：{state}"
        blocks.append([heading, "", *table(("编号", "义务", "规则", "页面", "测试"), rows)])
    return page_of("义务", *blocks)
