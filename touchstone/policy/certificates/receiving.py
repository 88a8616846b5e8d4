"""证书数据审核: which office reviews a body's certificate data, by when, and how many rows does somebody look at by hand?

All rows are checked by machine; a random share is looked at besides. `通知 三(三)1` says who supervises whom; days and shares are our defaults.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Dated, Refusal, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.routes import which_route
from touchstone.policy.roles import BodyKind, Ownership

_SINCE = date(2024, 5, 1)
DATA, GRADED = our_default("证书数据审核"), notice("三(三)3")
UNGRADED = "未定级"

REVIEW_WITHIN = Dated("证书数据审核的期限", Value(_SINCE, 5, DATA), key="receiving.review_within", unit="个工作日", changeable=True)
MEND_WITHIN = Dated("证书数据退回后更正的期限", Value(_SINCE, 5, DATA), key="receiving.mend_within", unit="个工作日", changeable=True)
SHARE_BY_GRADE: Dated[Mapping[str, int]] = Dated(
    "证书数据人工抽查的比例（按机构等级，百分之几）",
    Value(_SINCE, {"A": 5, "B": 10, "C": 30, "D": 100, UNGRADED: 10}, our_default("证书数据抽查比例")),
    key="receiving.share_by_grade",
    unit="%",
    changeable=True,
)
LEAST_LOOKED_AT = Dated(
    "一批证书数据人工抽查的最少行数", Value(_SINCE, 3, our_default("证书数据抽查比例")), key="receiving.least_looked_at", unit="行", changeable=True
)


@rule("证书数据由负责监管该机构的人社部门审核")
def reviewed_by_its_supervisor(kind: BodyKind, ownership: Ownership, by_district: bool, day: date) -> Finding:
    """Whether a district (or else the city centre) is the office that reviews: districts those they filed and the schools registered in them."""
    clause = notice("三(三)1")
    if by_district is supervised_by_district(kind, ownership, day):
        return met("由区人社局审核" if by_district else "由市职鉴中心审核", clause)
    return unmet("该机构由市职鉴中心备案和监管" if by_district else "该机构由注册地所在区人社局监管", clause)


def supervised_by_district(kind: BodyKind, ownership: Ownership, day: date) -> bool:
    """This function will say whether the bureau of the district supervises a body of this kind: what it filed, and schools."""
    if kind is BodyKind.SCHOOL:
        return True
    try:
        return which_route(kind, ownership, day).key == "district_enterprise"
    except Refusal:  # an association of before the notice, filed by the centre, that still evaluates as an enterprise does
        return False


def to_look_at(rows: int, grade: str, day: date) -> int:
    """This function will give how many of a batch's rows are looked at by hand: the share of the body's grade, at least a few, at most all."""
    shares = SHARE_BY_GRADE.on(day).value
    share = shares.get(grade, shares[UNGRADED])
    return min(rows, max(LEAST_LOOKED_AT.on(day).value, -(-rows * share // 100)))


@rule("抽查的行全部看过")
def sample_is_looked_at(drawn: int, looked_at: int, day: date) -> Finding:
    """Whether nobody accepts a batch before every drawn row was looked at."""
    clause = SHARE_BY_GRADE.on(day).clause
    if looked_at < drawn:
        return unmet(f"抽查{drawn}行，还有{drawn - looked_at}行没有看", clause)
    return met(f"抽查的{drawn}行已看", clause)
