"""手册·参数: the page of dated values."""

from itertools import groupby

from touchstone.kernel.law import Dated
from touchstone.kernel.routes import Route
from touchstone.policy import reading
from touchstone.policy.book.supervision import WRITTEN_HERE as OF_SUPERVISION
from touchstone.policy.book.words import cited, page_of, shown, table
from touchstone.policy.eligibility.conditions import CONDITIONS
from touchstone.policy.filing.assessment_sheet import SHEETS

INTRO = [
    "每个数值自其施行日起适用，直到下一个数值施行。条款写作**本平台默认值**的，是没有找到依据、先行采用的默认值；",
    "标“可改”的，可以由两名政策管理员在参数页按日期修改，修改不影响已作出的决定。",
    "",
]


def page() -> str:
    """This function will write the page: values by the part of the law they belong to."""
    values = [(place, dated) for place, dated in reading.dated_values() if not _elsewhere(dated)]
    blocks = [INTRO]
    for part, found in groupby(values, key=lambda pair: pair[0].split(".")[0]):
        rows = [
            (f"`{dated.key}`", dated.meaning, f"{shown(value.value)}{dated.unit}", str(value.since), cited(value.clause), _mark(dated))
            for _, dated in found
            for value in dated
        ]
        heading = reading.heading_of(f"touchstone.policy.{part}")
        blocks.append([f"## {heading}", "", *table(("参数", "含义", "值", "自", "条款", "可改"), rows)])
    return page_of("参数", *blocks, _sheets())


def _elsewhere(dated: Dated[object]) -> bool:
    """This function will say whether a value is written out elsewhere in the book: routes, conditions, sheets, the long tables of supervision."""
    sheets = (*SHEETS.values(), *OF_SUPERVISION)
    return dated is CONDITIONS or any(dated is sheet for sheet in sheets) or isinstance(dated.values[-1].value, Route)


def _mark(dated: Dated[object]) -> str:
    return "可改" if dated.changeable else ""


def _sheets() -> list[str]:
    lines: list[str] = []
    for version in (version for dated in SHEETS.values() for version in dated):
        sheet = version.value
        lines += [f"## {sheet.title}（自 {version.since} 起，{cited(version.clause)}）", ""]
        rows = [(item.section, item.title, str(item.weight), str(item.full_mark), "是" if item.is_key else "", item.evidence) for item in sheet.items]
        lines += table(("类别", "项目", "权重", "满分", "关键项", "佐证"), rows)
    return lines
