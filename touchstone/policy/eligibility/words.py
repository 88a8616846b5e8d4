"""理由用语: how do findings put times, gaps and several findings together into one sentence?"""

from touchstone.kernel.law import Clause
from touchstone.kernel.rules import Finding, Outcome, weakest

ASK_WORK = "工作年限证明（用人单位盖章的工作年限承诺书，或社会保险缴费记录）"
ASK_CERTIFICATE = "原职业资格证书或职业技能等级证书扫描件"
ASK_TITLE = "职称证书或专业技术人员职业资格证书扫描件"
ASK_DIPLOMA = "毕业证书及学历验证报告；在读应届毕业生交学校出具的学籍证明"
ASK_MAJOR = "所学专业与本职业对应关系的说明"
ASK_OUTCOME = "证书核查的结论，或者其他能够证明的材料"
ASK_RELATION = "与申报职业为同一职业或相关职业的说明"

_STRENGTH = {Outcome.MET: 2, Outcome.UNPROVEN: 1, Outcome.UNMET: 0}


def spell_months(months: int) -> str:
    """This function will write a number of months as years and months."""
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest or not years else "")


def all_of(clause: Clause, *findings: Finding) -> Finding:
    """This function will join findings that must all hold: the weakest outcome, and only the reasons that explain it."""
    outcome = weakest(findings)
    telling = [found for found in findings if found.outcome == outcome]
    asks = dict.fromkeys(ask for found in findings if found.outcome == Outcome.UNPROVEN for ask in found.ask_for.split("、") if ask)
    ask_for = "、".join(asks) if outcome == Outcome.UNPROVEN else ""
    return Finding(outcome, "；".join(dict.fromkeys(found.reason for found in telling)), clause, ask_for)


def best_of(findings: list[Finding], otherwise: Finding) -> Finding:
    """This function will give the finding that helps the applicant most, or `otherwise` where there is none."""
    return max(findings, key=lambda found: _STRENGTH[found.outcome], default=otherwise)
