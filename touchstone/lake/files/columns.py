"""文件各列: which columns may a file of certificate data have, and what is told when they are others?"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its header, how it is read (text, code, day, level, score), where it goes, and whether a file must have it and fill it.

    A mark is a score that may be words: one that is no number is no fault.
    """

    header: str
    column: str
    reads_as: str = "text"
    required: bool = False


COLUMNS = (
    Column("姓名", "name", required=True),
    Column("证件类型", "id_kind", required=True),
    Column("证件号码", "id_number", "code", required=True),
    Column("性别", "sex"),
    Column("出生日期", "birthday", "day"),
    Column("文化程度", "education"),
    Column("考生来源", "source"),
    Column("手机号码", "phone", "code"),
    Column("通讯地址", "address"),
    Column("职业编码", "occupation_code", "code", required=True),
    Column("职业名称", "occupation_name", required=True),
    Column("工种名称", "trade_name"),
    Column("技能等级", "level", "level", required=True),
    Column("理论成绩", "theory", "score"),
    Column("技能成绩", "practical", "score"),
    Column("综合评审成绩", "panel", "score"),
    Column("评定成绩", "total", "mark"),
    Column("证书编号", "number", "code", required=True),
    Column("考试日期", "examined_on", "day"),
    Column("公示截止日期", "notice_until", "day"),
    Column("发证日期", "issued_on", "day", required=True),
    Column("评价机构编码", "stated_prefix", "code"),
    Column("评价机构名称", "body_name"),
    Column("计划编号", "plan_number", "code"),
    Column("考核点", "venue"),
    Column("照片", "photo"),
)
BY_HEADER = {column.header: column for column in COLUMNS}


class WrongColumns(ValueError):
    """A file whose columns are not those of certificate data."""


@dataclass(frozen=True)
class Matched:
    """Which header of the file stands for which column, and which are none of ours (they are kept as they are)."""

    places: dict[str, Column]
    unknown: tuple[str, ...]


def plain(header: str) -> str:
    """This function will read a header as people write it: width, blanks, stars and remarks in brackets set aside."""
    return re.sub(r"[（(].*[)）]|[\s*＊:：]", "", unicodedata.normalize("NFKC", header))


def match(headers: Sequence[str]) -> Matched:
    """This function will find the columns among the headers of a file. :raises WrongColumns: naming what is missing, twice there, or misspelt."""
    places: dict[str, Column] = {}
    unknown = []
    for header in headers:
        column = BY_HEADER.get(plain(header))
        if column is None:
            unknown.append(header)
        elif column in places.values():
            raise WrongColumns(f"列“{column.header}”出现两次，请只保留一列。")
        else:
            places[header] = column
    missing = [column.header for column in COLUMNS if column.required and column not in places.values()]
    if missing:
        told = "；".join(_maybe(name, unknown) for name in missing)
        raise WrongColumns(f"缺少必需的列：{told}。文件现有的列：{'、'.join(headers) or '无'}。")
    return Matched(places, tuple(unknown))


def _maybe(name: str, unknown: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, unknown, 1, 0.5)
    return f"{name}（文件里的“{close[0]}”是否就是它？）" if close else name
