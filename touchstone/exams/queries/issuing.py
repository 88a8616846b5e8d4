"""发证查询: who passed and has no certificate of this plan, and why not?"""

from dataclasses import dataclass

from touchstone.certificates.queries import holders_of, numbers_by_candidate
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Result
from touchstone.policy.eligibility.apprenticeship import certified_at
from touchstone.policy.eligibility.levels import Level


@dataclass(frozen=True)
class WithoutCertificate:
    """Someone who passed, and the sentence why no certificate was issued."""

    candidate: Candidate
    sentence: str


def passed_without_certificate(plan: Plan) -> list[WithoutCertificate]:
    """This function will give, once certificates were issued, those who passed and got none."""
    if plan.is_for_apprentices and not certified_at(Level(plan.level), plan.exam_on):
        return []
    have = numbers_by_candidate(plan.number)
    lacking = [one for one in entrants(plan).filter(result=Result.PASSED) if one.number not in have]
    trade = plan.trade.name if plan.trade else ""
    held = holders_of([one.person_id for one in lacking], plan.occupation.code, trade, Level(plan.level))
    return [WithoutCertificate(one, _why(held.get(one.person_id, ""))) for one in lacking]


def _why(number: str) -> str:
    if number:
        return f"已持有本职业本等级的有效证书（{number}），没有重复发证；原证书有误的，请先办理撤销再补发。"
    return "尚未发证，可以再次核发。"
