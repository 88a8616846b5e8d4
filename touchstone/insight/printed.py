"""月报文书: what does a monthly report look like on paper, and in words?"""

from collections.abc import Mapping, Sequence
from typing import Any

from touchstone.insight.queries.month import CITY, COLUMNS, OUTSIDE, PLACES
from touchstone.policy.districts import DISTRICTS
from touchstone.print.lists import ListColumn, Seal, Sheet, print_list

LABELS = {CITY: "市级和跨区", OUTSIDE: "外省市"}


def place_name(place: str) -> str:
    """This function will name a place of a report; an empty one is the whole city."""
    return LABELS.get(place) or DISTRICTS.get(place) or "全市合计"


def rate(document: Mapping[str, Any], place: str) -> str:
    """This function will give the share of those who passed among whose results were announced, to a tenth of a percent."""
    announced, passed = figure(document, "announced", place), figure(document, "passed", place)
    return f"{passed * 100 / announced:.1f}%" if announced else "—"


def figure(document: Mapping[str, Any], key: str, place: str) -> int:
    """This function will give one figure of a document; of the whole city where the place is empty."""
    found = document["city"] if not place else {key: document["places"].get(key, {}).get(place, 0)}
    return int(found.get(key, 0))


def places(document: Mapping[str, Any]) -> list[str]:
    """This function will give the lines of a report: every district and what is no district's, or the one district; the city's sum last."""
    if document["district"]:
        return [document["district"], ""]
    held = {place for by_place in document["places"].values() for place in by_place}
    return [one for one in PLACES if one in DISTRICTS or one in held] + [""]


def head() -> list[str]:
    """This function will give the headings of a report's table."""
    heads = ["区"]
    for one in COLUMNS:
        heads.append(f"{one.label}（{one.unit}）")
        heads += ["合格率"] if one.key == "passed" else []
    return heads


def line(document: Mapping[str, Any], place: str) -> list[Any]:
    """This function will give one line of a report's table."""
    cells: list[Any] = [place_name(place)]
    for one in COLUMNS:
        cells.append(figure(document, one.key, place))
        cells += [rate(document, place)] if one.key == "passed" else []
    return cells


def title(document: Mapping[str, Any]) -> str:
    """This function will give the report's title."""
    year, month = document["month"].split("-")
    return f"{DISTRICTS.get(document['district'], '上海市')}职业技能等级评价监管月报（{year}年{int(month)}月）"


def told(document: Mapping[str, Any], place: str) -> str:
    """This function will tell a month in a paragraph."""
    of: dict[str, str] = {one.key: f"{figure(document, one.key, place):,}{one.unit}" for one in COLUMNS}
    return (
        f"{'全市' if not place else place_name(place)}当月新备案{of['filed']}，终止备案{of['ended']}；举行{of['sittings']}，到考{of['present']}；"
        f"公布成绩{of['announced']}，合格{of['passed']}，合格率{rate(document, place)}；发证{of['issued']}。"
        f"生成预警{of['raised']}，作出认定{of['decided']}；抽取检查{of['drawn']}，公布检查结果{of['visited']}，其中发现问题{of['found']}；"
        f"撤销证书{of['revoked']}；没有按期办结的待办{of['late']}。"
    )


def _broken(name: str) -> str:
    """A heading in lines that a narrow column has room for."""
    label, _, unit = name.partition("（")
    half = f"{label[:2]}\n{label[2:]}" if len(label) > 3 else label
    return f"{half}\n（{unit}" if unit else half


def pressed(document: Mapping[str, Any], *, number: str, office: str, sha256: str, day: str) -> bytes:
    """This function will print a report on A4 across, with room for the office's seal."""
    rows: Sequence[Sequence[str]] = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in line(document, place)] for place in places(document)]
    columns = [ListColumn(_broken(name), 21 if n == 0 else 0, middle=n > 0) for n, name in enumerate(head())]
    sheet = Sheet(
        title=title(document),
        columns=tuple(columns),
        facts=(("编号", number), ("编制单位", office), ("编制日期", day)),
        paragraphs=(told(document, document["district"]),),
        notes=(*(f"{one.label}：{one.counts}。" for one in COLUMNS), f"内容哈希（SHA-256）：{sha256}"),
        seal=Seal(office, day),
        footer=f"{number} {title(document)}",
        flipped=True,
        size=8.5,
        pad=3.5,
    )
    return print_list(sheet, rows)
