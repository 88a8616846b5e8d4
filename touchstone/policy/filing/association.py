"""协会纳入社会化: does an association's enterprise evaluation belong among the social bodies?

`通知 三(一)2`: 市级行业协会开展的企业职业技能等级评价项目，符合社会需求量大、社会通用性强等条件的，逐步纳入社会化职业技能等级认定. How much is
wide is left open: our defaults.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet, unproven, weakest
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind, Ownership

_SINCE = date(2024, 5, 1)
LAW, OURS = notice("三(一)2"), our_default("行业协会纳入社会化的条件")


def _least(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, OURS), key=f"association.{key}", unit=unit, changeable=True)


PEOPLE_A_YEAR = _least("people_a_year", "视为社会需求量大的年评价人次", 300, "人次")
EMPLOYERS = _least("employers", "视为社会通用性强的委托用人单位数", 10, "家")
FIELDS = _least("fields", "视为社会通用性强的行业数：备案同一职业的机构所属行业", 3, "个")
PLAN_WITHIN = _least("plan_within", "列入后制定纳入计划的期限", 20, "个工作日")


@dataclass(frozen=True)
class AssociationFacts:
    """An association that is filed as enterprises are: whom it evaluated in the last twelve months, what is wanted, and by how many.

    `demand` is the yearly demand known for its occupations (None: unknown); `employers` the firms that commissioned it in those months;
    `fields` to how many fields the bodies filed for the most widely filed of its occupations belong.
    """

    kind: BodyKind
    ownership: Ownership
    evaluated: int
    demand: int | None
    employers: int
    fields: int


@rule("行业协会以企业评价机构备案")
def association_as_enterprise(body: AssociationFacts, day: date) -> Finding:
    """Whether the body is an association, filed the way enterprises are."""
    if body.ownership is not Ownership.ASSOCIATION:
        return unmet(f"所有制是{body.ownership.label}，不是行业协会", LAW)
    if body.kind is not BodyKind.ENTERPRISE:
        return unmet(f"已是{body.kind.label}", LAW)
    return met("行业协会以企业职业技能等级评价机构备案", LAW)


@rule("社会需求量大")
def wide_demand(body: AssociationFacts, day: date) -> Finding:
    """Whether enough people a year are evaluated, or known to be wanted."""
    least = PEOPLE_A_YEAR.on(day)
    if body.evaluated >= least.value:
        return met(f"近十二个月评价发证{body.evaluated}人次，不少于{least.value}人次", least.clause)
    if body.demand is None:
        return unproven(f"近十二个月评价发证{body.evaluated}人次，所评职业没有需求数", least.clause, ask_for="所评职业的年需求人数")
    found = met if body.demand >= least.value else unmet
    return found(f"近十二个月评价发证{body.evaluated}人次，年需求{body.demand}人次，标准为{least.value}人次", least.clause)


@rule("社会通用性强")
def wide_generality(body: AssociationFacts, day: date) -> Finding:
    """Whether many employers ask for the evaluation, or bodies of many fields are filed for the same occupation."""
    employers, fields = EMPLOYERS.on(day), FIELDS.on(day)
    if body.employers >= employers.value:
        return met(f"近十二个月有{body.employers}家用人单位委托，不少于{employers.value}家", employers.clause)
    if body.fields >= fields.value:
        return met(f"{body.fields}个行业的机构备案同一职业，不少于{fields.value}个", fields.clause)
    sentence = f"委托的用人单位{body.employers}家（标准{employers.value}家），备案同一职业的行业{body.fields}个（标准{fields.value}个）"
    return unmet(sentence, employers.clause)


def check_association(body: AssociationFacts, day: date) -> tuple[Finding, ...]:
    """This function will try an association against every test; with all met it belongs among the social bodies."""
    return association_as_enterprise(body, day), wide_demand(body, day), wide_generality(body, day)


def belongs(findings: tuple[Finding, ...]) -> Outcome:
    """This function will give what the tests come to."""
    return weakest(findings)
