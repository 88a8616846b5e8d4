"""规程优先: a standard printed before the 规程 of 2023 gives way to it, and the decision says so with the clause."""

from datetime import date

from tests.cast import Cast
from touchstone.catalogue.models import Standard
from touchstone.exams.facts.decision import Evaluator, decided, printed_standard
from touchstone.exams.models import Candidate
from touchstone.policy.eligibility.override import years_printed_under
from touchstone.policy.roles import BodyKind

BODY = Evaluator(BodyKind.ENTERPRISE, "上海甲辰精密机械有限公司")


def findings(standard: Standard, level: int, day: date) -> list[dict[str, str]]:
    person = Candidate(ground="own_staff", employment="直接用工", employer=BODY.name, applied_on=day, condition="4-1", claims={}, proofs={})
    found = decided(person, level=level, evaluator=BODY, birthday=date(1990, 1, 1), held=(), standard=printed_standard(standard))
    return [one for one in found.findings if one["part"] == "standard"]


def test_the_decision_names_what_the_printed_standard_gives_way_in(cast: Cast) -> None:
    """2018年版车工标准印6年和4年，按2023年版规程为5年和3年。"""
    turner = Standard.objects.filter(occupation__code="6-18-01-01", edition="2018年版").first()
    assert turner is not None
    (one,) = findings(turner, 4, date(2026, 3, 2))
    assert one["outcome"] == "met" and "三(二)1" in one["clause"]
    assert "标准印6年，规程为5年" in one["reason"] and "标准印4年，规程为3年" in one["reason"]
    assert "三级" not in one["reason"], "只说本等级"


def test_standards_of_the_new_rule_have_nothing_to_give_way_in(cast: Cast) -> None:
    """2023年版规程之后编制的标准不必让位。"""
    newer = Standard.objects.filter(in_force_from__gte=date(2023, 10, 1)).first()
    assert newer is not None and newer.printed_years is None
    assert findings(newer, 4, date(2026, 3, 2)) == []
    assert years_printed_under(date(2023, 9, 30)) and not years_printed_under(date(2023, 10, 1))
