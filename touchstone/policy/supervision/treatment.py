"""分级分类的待遇: what does a body's grade and class change: how often it is drawn, when its data is checked, how much it may send at once, how many
sittings are watched?

`通知 三(三)3`. The rates by grade are ours (no source gives any); the share of rows looked at stands in `policy/certificates/receiving`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.certificates.receiving import SHARE_BY_GRADE, UNGRADED
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.acts import SINCE
from touchstone.policy.supervision.grade import Grade

LAW, OURS, _DRAWN = notice("三(三)3"), our_default("分级分类监管"), our_default("双随机抽取比例")

RATE_BY_GRADE: Dated[Mapping[str, int]] = Dated(
    "每年随机抽查的机构比例（按等级，百分之几）",
    Value(SINCE, {"A": 10, "B": 30, "C": 60, "D": 100, UNGRADED: 30}, _DRAWN),
    key="supervision.rate_by_grade",
    unit="%",
    changeable=True,
)
RATE_MORE_BY_KIND: Dated[Mapping[str, int]] = Dated(
    "每年随机抽查比例按机构类别另加（百分点）",
    Value(SINCE, {"enterprise": 0, "social": 10, "school": 0}, _DRAWN),
    key="supervision.rate_more_by_kind",
    unit="个百分点",
    changeable=True,
)
ROWS_BY_GRADE: Dated[Mapping[str, int]] = Dated(
    "一批证书数据的最多行数（按等级）",
    Value(SINCE, {"A": 5000, "B": 2000, "C": 500, "D": 100, UNGRADED: 1000}, OURS),
    key="supervision.rows_by_grade",
    unit="行",
    changeable=True,
)
ON_SITE_BY_GRADE: Dated[Mapping[str, int]] = Dated(
    "外部质量督导到场的场次比例（按等级，百分之几）",
    Value(SINCE, {"A": 5, "B": 10, "C": 30, "D": 100, UNGRADED: 20}, OURS),
    key="supervision.on_site_by_grade",
    unit="%",
    changeable=True,
)
CHECKED_BEFORE: Dated[tuple[str, ...]] = Dated(
    "证书数据先审后收的等级（其余先收后查）",
    Value(SINCE, ("C", "D", UNGRADED), OURS),
    key="supervision.checked_before",
    changeable=True,
)


@dataclass(frozen=True)
class Treatment:
    """What a grade means for a body: percentages, rows, and whether its data is looked at before it is taken in."""

    drawn: int
    on_site: int
    looked_at: int
    rows: int
    before: bool

    @property
    def words(self) -> tuple[str, ...]:
        return (
            f"每年随机抽查{self.drawn}%",
            f"外部督导到场{self.on_site}%的场次",
            f"证书数据{'先审后收' if self.before else '先收后查'}，人工抽查{self.looked_at}%",
            f"一批最多{self.rows}行",
        )


def _of(table: Dated[Mapping[str, int]], key: str, other: str, day: date) -> int:
    held = table.on(day).value
    return int(held[key] if key in held else held.get(other, 0))


def treatment_of(kind: BodyKind, grade: Grade, day: date) -> Treatment:
    """This function will give what a grade and a kind mean on `day`."""
    rate = _of(RATE_BY_GRADE, grade.value, UNGRADED, day) + _of(RATE_MORE_BY_KIND, kind.value, "", day)
    return Treatment(
        min(100, rate),
        _of(ON_SITE_BY_GRADE, grade.value, UNGRADED, day),
        _of(SHARE_BY_GRADE, grade.value, UNGRADED, day),
        _of(ROWS_BY_GRADE, grade.value, UNGRADED, day),
        grade.value in CHECKED_BEFORE.on(day).value,
    )


def stratum_of(kind: BodyKind, grade: Grade) -> str:
    """This function will name the stratum a body is drawn in: bodies of one kind and grade are drawn among themselves."""
    return f"{kind.value}-{'none' if grade is Grade.NONE else grade.value}"


def to_draw(kind: BodyKind, grade: Grade, bodies: int, day: date) -> int:
    """This function will give how many of so many bodies of one stratum are drawn in a year, rounded up."""
    return min(bodies, -(-bodies * treatment_of(kind, grade, day).drawn // 100))


@rule("抽取数量达到等级的比例")
def enough_are_drawn(kind: BodyKind, grade: Grade, bodies: int, drawn: int, day: date) -> Finding:
    """Whether a year's plan draws as many of a stratum as its grade asks for: fewer is favour, and more is unequal."""
    wanted, clause = to_draw(kind, grade, bodies, day), RATE_BY_GRADE.on(day).clause
    if drawn != wanted:
        return unmet(f"{kind.label}{grade.label}{bodies}家应抽{wanted}家，计划抽{drawn}家", clause)
    return met(f"{kind.label}{grade.label}{bodies}家抽{drawn}家", clause)


@rule("证书数据一批的行数不超过等级允许的数量")
def batch_fits_grade(kind: BodyKind, grade: Grade, rows: int, day: date) -> Finding:
    """Whether a body of this grade may report so many rows at once."""
    most = treatment_of(kind, grade, day).rows
    if rows > most:
        return unmet(f"{grade.label}机构一批最多{most}行，本批{rows}行，请分批上报", ROWS_BY_GRADE.on(day).clause)
    return met(f"本批{rows}行", ROWS_BY_GRADE.on(day).clause)


@rule("证书数据按等级先审后收")
def data_taken_as_graded(kind: BodyKind, grade: Grade, looked_at: bool, day: date) -> Finding:
    """Whether data may be taken in: at once from good grades, and looked at afterwards; from others only once it was looked at."""
    clause = CHECKED_BEFORE.on(day).clause
    if treatment_of(kind, grade, day).before and not looked_at:
        return unmet(f"{grade.label}机构的证书数据先审后收，抽查的行还没有看完", clause)
    return met("先审后收，已经审核" if treatment_of(kind, grade, day).before else "先收后查", clause)


@rule("到场督导的场次达到等级的比例")
def enough_are_watched(kind: BodyKind, grade: Grade, sittings: int, watched: int, day: date) -> Finding:
    """Whether external supervisors went to as many sittings as the grade asks for."""
    share, clause = treatment_of(kind, grade, day).on_site, LAW
    wanted = -(-sittings * share // 100)
    if watched < wanted:
        return unmet(f"{sittings}场应到场督导{wanted}场，实际{watched}场", clause)
    return met(f"{sittings}场到场督导{watched}场", clause)
