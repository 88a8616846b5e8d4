"""存量表各列: which sheets and columns tell of the bodies, venues, filings and scopes that stand today?

`通知 四(一)`: what was filed before goes on as it stands. Which words may stand in a column is the law's to say, and is handed in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.sheets.shapes import Shape

TEMPLATE = "existing-filings"
VERSION = "2024.1"
TITLE = "存量备案装入表"
LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
SUSPENDED = "暂停评价"
STATES = ("有效", SUSPENDED)
OWNED, LEASED = "自有", "租赁"


@dataclass(frozen=True)
class Field:
    """One column: its key, header, how it is read (text, name, code, date, levels), and how it is explained.

    `choices` names the list of words that may stand in it, `own` holds a list that is the template's own.
    """

    key: str
    header: str
    example: str
    required: bool = False
    reads_as: str = "text"
    longest: int = 120
    choices: str = ""
    own: tuple[str, ...] = ()
    hint: str = ""


_USCC = Field("uscc", "统一社会信用代码", "91310115MA1K35J21X", True, "code", 18)
_NUMBER = "机构原有的备案编号或文号；没有的，自编一个，同一机构内不重复"

BODIES = (
    Field("name", "机构名称", "上海某某机电有限公司", True),
    _USCC,
    Field("kind", "机构类别", "企业职业技能等级评价机构", True, choices="kinds"),
    Field("ownership", "所有制", "区属企业", True, choices="ownerships"),
    Field("district", "注册地所在区", "浦东新区", True, choices="districts"),
    Field("industry", "所属行业", "装备制造", True, choices="industries"),
    Field("address", "注册地址", "某某路100号", True, longest=200),
    Field("legal_representative", "法定代表人", "张三", True, "name", 60),
    Field("founded_on", "成立日期", "2001-05-16", reads_as="date"),
    Field("contact_name", "联系人", "李四", reads_as="name", longest=60),
    Field("contact_phone", "联系电话", "021-60000000", longest=40),
    Field("superior", "上级主管部门", "某某委员会", hint="平台上市级行业主管部门的全称；没有的不填"),
    Field("site_code", "站点序列码", "000123", reads_as="code", longest=6, hint="证书编号第8至13位；已发过证书的务必照填，留空则由平台编配"),
)
VENUES = (
    _USCC,
    Field("name", "考核点名称", "张江实训中心", True),
    Field("address", "考核点地址", "某某路200号", True, longest=200),
    Field("district", "考核点所在区", "浦东新区", True, choices="venue_districts"),
    Field("tenure", "使用权", OWNED, True, own=(OWNED, LEASED)),
    Field("leased_until", "租赁到期日", "2027-12-31", reads_as="date", hint="租赁的填写"),
    Field("since", "启用日", "2022-06-01", reads_as="date", hint="留空则取该机构最早的备案生效日"),
)
FILINGS = (
    _USCC,
    Field("former_number", "原备案编号", "沪职鉴备〔2022〕15号", True, longest=60, hint=_NUMBER),
    Field("since", "备案生效日", "2022-06-01", True, "date"),
    Field("last_day", "有效期至", "2027-05-31", True, "date", hint="有效期的最后一天"),
    Field("state", "现状", "有效", True, own=STATES),
    Field("suspended_on", "暂停起始日", "2024-03-01", reads_as="date", hint="现状为暂停评价的填写"),
    Field("suspended_because", "暂停理由", "考场设备整改", longest=300, hint="现状为暂停评价的填写"),
)
SCOPE = (
    _USCC,
    Field("former_number", "原备案编号", "沪职鉴备〔2022〕15号", longest=60, hint="与“备案”表一致；该机构只有一项备案的可以不填"),
    Field("code", "职业编码", "6-18-01-01", True, "code", 12),
    Field("occupation", "职业名称", "车工", hint="用来核对编码"),
    Field("trade", "工种", "数控车工", hint="只评某一工种的填写"),
    Field("levels", "等级", "五级、四级、三级", True, "levels", hint="可以写几个等级，用顿号隔开"),
    Field("standard", "依据的标准", "6-18-01-01", hint="标准编号或名称；留空则取该职业现行的国家职业标准"),
    Field("venue", "考核点名称", "张江实训中心", hint="与“考核点”表一致；该机构只有一个考核点的可以不填"),
    Field("since", "范围生效日", "2022-06-01", reads_as="date", hint="与备案生效日相同的不填"),
    Field("last_day", "范围有效期至", "2027-05-31", reads_as="date", hint="与备案有效期相同的不填"),
)


def _shape(sheet: str, fields: tuple[Field, ...]) -> Shape:
    optional = tuple(field.header for field in fields if not field.required)
    return Shape(TITLE, sheet, tuple(field.header for field in fields), TEMPLATE, VERSION, optional)


SHEETS: Mapping[str, tuple[Shape, tuple[Field, ...]]] = {
    "机构": (_shape("机构", BODIES), BODIES),
    "考核点": (_shape("考核点", VENUES), VENUES),
    "备案": (_shape("备案", FILINGS), FILINGS),
    "评价范围": (_shape("评价范围", SCOPE), SCOPE),
}
"""The sheets in the order in which they are read: what is named later must be known by then."""
