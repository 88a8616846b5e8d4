"""存量表样例: workbooks of what is filed today, for tests."""

import io

from touchstone.filings.operations.loading import choices
from touchstone.sheets.existing_fields import SHEETS
from touchstone.sheets.existing_template import columns_of
from touchstone.sheets.templates import DataSheet, write_sheets
from touchstone.simulation.identity import uscc

OLD, NEW, ASSOCIATION = uscc(801), uscc(802), uscc(803)
Rows = list[dict[str, str]]

BODIES: Rows = [
    {"机构名称": "上海旧厂机械有限公司", "统一社会信用代码": OLD, "机构类别": "企业职业技能等级评价机构", "所有制": "区属企业",
     "注册地所在区": "浦东新区", "所属行业": "装备制造", "注册地址": "旧厂路1号", "法定代表人": "钱一",
     "成立日期": "2001/5/16", "联系人": "钱二", "站点序列码": "000321"},
    {"机构名称": "上海老牌培训中心", "统一社会信用代码": NEW, "机构类别": "社会培训评价组织", "所有制": "民营企业", "注册地所在区": "杨浦区",
     "所属行业": "装备制造", "注册地址": "老牌路2号", "法定代表人": "孙一"},
    {"机构名称": "上海市机械行业协会", "统一社会信用代码": ASSOCIATION, "机构类别": "企业职业技能等级评价机构", "所有制": "社会团体、民办非企业单位",
     "注册地所在区": "黄浦区", "所属行业": "装备制造", "注册地址": "协会路3号", "法定代表人": "李一", "站点序列码": "000323"},
]  # fmt: skip
VENUES: Rows = [
    {"统一社会信用代码": OLD, "考核点名称": "一车间", "考核点地址": "旧厂路1号", "考核点所在区": "浦东新区", "使用权": "自有"},
    {"统一社会信用代码": NEW, "考核点名称": "总部", "考核点地址": "老牌路2号", "考核点所在区": "杨浦区", "使用权": "租赁",
     "租赁到期日": "2027-12-31"},
    {"统一社会信用代码": ASSOCIATION, "考核点名称": "协会考核点", "考核点地址": "协会路3号", "考核点所在区": "外省市", "使用权": "自有"},
]  # fmt: skip
FILINGS: Rows = [
    {"统一社会信用代码": OLD, "原备案编号": "沪职鉴备〔2023〕8号", "备案生效日": "2023-06-01", "有效期至": "2026-05-31", "现状": "有效"},
    {"统一社会信用代码": NEW, "原备案编号": "沪职鉴备〔2024〕2号", "备案生效日": "2024-02-01", "有效期至": "2027-01-31", "现状": "暂停评价",
     "暂停起始日": "2026-01-05", "暂停理由": "考场整改"},
    {"统一社会信用代码": ASSOCIATION, "原备案编号": "协会-1", "备案生效日": "2024-02-01", "有效期至": "2027-01-31", "现状": "有效"},
]  # fmt: skip
SCOPE: Rows = [
    {"统一社会信用代码": OLD, "职业编码": "6-18-01-01", "职业名称": "车工", "等级": "五级、四级、三级"},
    {"统一社会信用代码": NEW, "原备案编号": "沪职鉴备〔2024〕2号", "职业编码": "6-18-01-01", "等级": "三级/高级工", "考核点名称": "总部"},
    {"统一社会信用代码": ASSOCIATION, "职业编码": "6-18-01-01", "等级": "4", "范围有效期至": "2026-12-31"},
]


def existing_workbook(
    bodies: Rows | None = None, venues: Rows | None = None, filings: Rows | None = None, scope: Rows | None = None
) -> bytes:
    """Give a filled workbook: the standing three bodies, unless told otherwise sheet by sheet."""
    told = dict(
        zip(SHEETS, (given if given is not None else standing for given, standing in zip(
            (bodies, venues, filings, scope), (BODIES, VENUES, FILINGS, SCOPE), strict=True)), strict=True)
    )  # fmt: skip
    lists = choices()
    sheets = [
        DataSheet(shape, columns_of(fields, lists), [[row.get(field.header, "") for field in fields] for row in told[name]])
        for name, (shape, fields) in SHEETS.items()
    ]
    memory = io.BytesIO()
    write_sheets(memory, sheets, [("说明", "测试用")], {})
    return memory.getvalue()
