"""案件用语: how do a measure with its terms, an act with its day, and what may be done about a decision stand in a letter and on a page?"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.accounts.queries import city_bureau, city_centre
from touchstone.policy.appeals import appeal_told
from touchstone.policy.roles import OfficeKind
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.clocks import BODY_APPEALS_WITHIN
from touchstone.policy.supervision.ladder import Measure
from touchstone.print.dates import chinese_date

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.enforcement.models import Case

PUBLIC_FROM = Measure.WARNING
_BESIDE = {Measure.HAND_OVER, Measure.REVOKE}


def above(office: "Office") -> "Office":
    """This function will give the office above: the centre for a district, the city bureau for the centre."""
    return city_centre() if office.kind == OfficeKind.DISTRICT_BUREAU else city_bureau()


def remedies_of(case: "Case", day: date) -> str:
    """This function will say, as a letter says it, where and by when a body may turn against a decision of `day`."""
    days = BODY_APPEALS_WITHIN.on(day).value
    sentence, _ = appeal_told(day)
    return f"不服本决定的，可以自收到本决定书之日起{days}个工作日内向{above(case.office).name}申诉，申诉期间不停止执行。{sentence}"


def measure_told(measure: Measure, terms: Mapping[str, Any]) -> str:
    """This function will put a measure with its terms in words."""
    told = terms.get(measure.value, {})
    if measure in {Measure.ORDER, Measure.RECTIFY, Measure.AT_ONCE}:
        unit = "个工作日" if measure is Measure.AT_ONCE else "日"
        matter = f"，事项：{told['matter']}" if told.get("matter") else ""
        return f"{measure.label}（自送达之日起{told.get('days', '')}{unit}内{matter}）"
    if measure is Measure.SUSPEND:
        scope = f"所涉评价范围{len(told['lines'])}项" if told.get("lines") else "全部评价范围"
        return f"{measure.label}（{scope}，{told.get('months', '')}个月）"
    if measure is Measure.HAND_OVER and told.get("to"):
        return f"移送{'、'.join(Authority(one).label for one in told['to'])}"
    if measure is Measure.REVOKE and told.get("certificates"):
        return f"{measure.label}（{len(told['certificates'])}本，另案逐本办理）"
    return measure.label


def measures_told(measures: Collection[str], terms: Mapping[str, Any]) -> str:
    """This function will put all measures of a decision in words, from the mildest on."""
    return "；".join(measure_told(one, terms) for one in Measure if one.value in measures)


def acts_told(case: "Case") -> list[str]:
    """This function will put the acts of a case in words, each with its day."""
    return [f"{one.words}（{chinese_date(one.acted_on)}）" for one in case.acts.order_by("id")]


def is_public(measures: Collection[str]) -> bool:
    """This function will say whether a decision is published: 警告 and above."""
    order = list(Measure)
    return any(Measure(one) not in _BESIDE and order.index(Measure(one)) >= order.index(PUBLIC_FROM) for one in measures)
