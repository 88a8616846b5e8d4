"""全国联网查询上报: in which columns, how many rows at once and how soon does accepted certificate data go to the national query system?

The upload file of 技能人才评价证书全国联网查询 was not to be had: the columns are our default, to be replaced by the office once known.
"""

from collections.abc import Collection
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)
HANDED_OVER = our_default("全国联网查询上报")

COLUMNS: Dated[tuple[str, ...]] = Dated(
    "全国联网查询上报文件的栏目（依次）",
    Value(
        _SINCE,
        (
            "姓名",
            "证件类型",
            "证件号码",
            "性别",
            "出生日期",
            "文化程度",
            "职业编码",
            "职业名称",
            "工种名称",
            "等级",
            "理论成绩",
            "技能成绩",
            "综合成绩",
            "评定成绩",
            "证书编号",
            "发证日期",
            "评价机构编码",
            "评价机构名称",
            "考评批次",
            "操作",
            "代替的证书编号",
        ),
        HANDED_OVER,
    ),
    key="handover.columns",
    changeable=True,
)
LAYOUT = Dated("全国联网查询上报文件的格式", Value(_SINCE, "csv-utf8-2024-2", HANDED_OVER), key="handover.layout", changeable=True)
ROWS_AT_MOST = Dated("一份上报文件最多的行数", Value(_SINCE, 1000, HANDED_OVER), key="handover.rows_at_most", unit="行", changeable=True)
WITHIN = Dated("证书数据接收后上报全国联网查询的期限", Value(_SINCE, 5, HANDED_OVER), key="handover.within", unit="个工作日", changeable=True)

ACT = "操作"


def can_tell_revocations(columns: Collection[str]) -> bool:
    """This function will say whether a file with these columns can tell a revocation from an entry; where it cannot, revocations wait."""
    return ACT in columns


@rule("回执与所报的上报包一致")
def receipt_is_for_the_parcel(parcel: str, sha256: str, rows: int, told_parcel: str, told_sha256: str, told_rows: int, day: date) -> Finding:
    """Whether a receipt tells of this very file, row for row; one of another file counts for nothing."""
    clause = COLUMNS.on(day).clause
    if told_parcel != parcel:
        return unmet(f"回执是{told_parcel or '（未写明）'}的，不是{parcel}的", clause)
    if told_sha256 != sha256:
        return unmet("回执所指的文件与报送的不同", clause)
    if told_rows != rows:
        return unmet(f"回执有{told_rows}行，报送了{rows}行", clause)
    return met(f"回执与{parcel}一致，{rows}行", clause)
