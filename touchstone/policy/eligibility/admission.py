"""参评对象: on what ground may this body admit this person at all?

`通知 二(一)(二)(三)`. The list of forms of employment is open (等): an office may add to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.numbers import name_key
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind


class Ground(StrEnum):
    """Why a body may evaluate somebody."""

    OWN_STAFF = "own_staff"
    STUDENT_BY_AGREEMENT = "student_by_agreement"
    COMMISSIONED = "commissioned"
    PUBLIC = "public"
    OWN_STUDENT = "own_student"

    @property
    def label(self) -> str:
        return {
            "own_staff": "本单位在岗职工",
            "student_by_agreement": "校企合作院校毕业学年学生",
            "commissioned": "受委托单位职工",
            "public": "社会人员",
            "own_student": "本校毕业学年学生",
        }[self.value]


GROUNDS: Dated[Mapping[BodyKind, frozenset[Ground]]] = Dated(
    "各类评价机构可以接受的参评对象",
    Value(
        date(2024, 5, 1),
        {
            BodyKind.ENTERPRISE: frozenset({Ground.OWN_STAFF, Ground.STUDENT_BY_AGREEMENT, Ground.COMMISSIONED}),
            BodyKind.SOCIAL: frozenset({Ground.PUBLIC}),
            BodyKind.SCHOOL: frozenset({Ground.OWN_STUDENT}),
        },
        notice("二(一)(二)(三)"),
    ),
    key="admission.grounds",
)

OWN_STAFF_FORMS: Dated[tuple[str, ...]] = Dated(
    "视为本单位在岗职工的用工形式",
    Value(date(2024, 5, 1), ("直接用工", "劳务派遣", "劳务外包", "其他用工"), notice("二(一)")),
    key="admission.own_staff_forms",
    changeable=True,
)

DIRECT = "直接用工"
"""The form of employment for which the body itself vouches."""


@dataclass(frozen=True)
class Employment:
    """Employment at the body that evaluates: its form, its days, and whether it is proved."""

    form: str
    since: date | None
    until: date | None = None
    proven: bool = False


@rule("参评对象属于该类评价机构可以接受的范围")
def ground_open_to_body(kind: BodyKind, ground: Ground, day: date) -> Finding:
    """Whether bodies of this kind may admit on this ground at all."""
    grounds = GROUNDS.on(day)
    if ground in grounds.value[kind]:
        return met(f"{kind.label}可以接受{ground.label}", grounds.clause)
    allowed = "、".join(sorted(g.label for g in grounds.value[kind]))
    return unmet(f"{kind.label}不接受{ground.label}，只接受{allowed}", grounds.clause)


@rule("作为本单位在岗职工参评")
def admitted_as_own_staff(employment: Employment | None, day: date) -> Finding:
    """Whether the person is in post on the day of application, in any form of employment of the open list."""
    forms = OWN_STAFF_FORMS.on(day)
    if employment is None:
        return unmet("不是本单位在岗职工", forms.clause)
    if employment.form not in forms.value:
        return unmet(f"用工形式“{employment.form}”不在“{'、'.join(forms.value)}”之内", forms.clause)
    if employment.until is not None and employment.until <= day:
        return unmet(f"已于{employment.until}离岗", forms.clause)
    if employment.since is not None and day < employment.since:
        return unmet(f"{employment.since}起才在岗", forms.clause)
    if not employment.proven:
        return unproven(f"自述为{employment.form}，尚无在岗证明", forms.clause, ask_for="劳动合同、派遣协议、外包合同或社会保险缴费记录")
    return met(f"{employment.form}，申报之日在岗", forms.clause)


@rule("所在单位就是评价机构，或有用工证明")
def employer_is_the_body(employer: str, body: str, proven: bool, day: date) -> Finding:
    """Whether the employer named on the form is the body itself; another one needs a contract that ties the person to the body."""
    clause = OWN_STAFF_FORMS.on(day).clause
    if name_key(employer) == name_key(body):
        return met("所在单位就是本评价机构", clause)
    if proven:
        return met(f"所在单位为“{employer}”，用工证明已核", clause)
    return unproven(f"所在单位填的是“{employer}”，不是本机构“{body}”", clause, ask_for="劳务派遣协议、劳务外包合同或其他用工证明")


@rule("按协议或委托接受的参评人员有证明")
def admitted_by_agreement(ground: Ground, proven: bool, day: date) -> Finding:
    """Whether students by agreement and employees of commissioning firms have handed in what ties them to the body."""
    clause = GROUNDS.on(day).clause
    if proven:
        return met(f"{ground.label}，证明已核", clause)
    asks = {
        Ground.STUDENT_BY_AGREEMENT: "校企合作协议和学校出具的毕业学年学籍证明",
        Ground.COMMISSIONED: "委托单位出具的在岗证明",
        Ground.OWN_STUDENT: "本校毕业学年全日制学籍证明",
    }
    return unproven(f"自述为{ground.label}，尚无证明", clause, ask_for=asks.get(ground, "身份和来源的证明"))
