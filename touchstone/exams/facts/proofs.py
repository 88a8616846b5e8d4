"""核对结果: are the facts that a reviewer notes as proved complete and possible?"""

from datetime import date
from typing import Any

from touchstone.exams.facts.claims import ProofKind
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_years
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.applicant import Relation, TitleRank
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import School, SchoolClass

_CLAUSE = notice("三(二)4")


def read_proof(kind: ProofKind, facts: dict[str, Any], *, birthday: date | None, day: date) -> dict[str, Any]:
    """This function will give the facts of one kind of proof as they are stored. :raises Refusal: naming what is missing or impossible."""
    reader = _Reader(facts, birthday, day)
    match kind:
        case ProofKind.EMPLOYMENT:
            return {"since": reader.past("since", "在岗起始日", required=False), "until": reader.any_day("until", "离岗日")}
        case ProofKind.WORK:
            return {"periods": reader.periods()}
        case ProofKind.CERTIFICATE:
            level = reader.choice("level", "证书等级", [str(int(level)) for level in Level])
            issued = reader.past("issued_on", "发证日期")
            return {"level": int(level), "issued_on": issued, "relation": reader.relation(), "number": str(facts.get("number", "")).strip()[:40]}
        case ProofKind.SCHOOLING:
            return reader.schooling()
        case ProofKind.TITLE:
            rank = reader.choice("rank", "职称级别", [rank.value for rank in TitleRank])
            return {"rank": rank, "obtained_on": reader.past("obtained_on", "取得日期"), "relation": reader.relation()}


class _Reader:
    def __init__(self, facts: dict[str, Any], birthday: date | None, day: date) -> None:
        self.facts, self.birthday, self.day = facts, birthday, day

    def any_day(self, key: str, label: str) -> str | None:
        value = self.facts.get(key)
        if value in (None, ""):
            return None
        if isinstance(value, date):
            return value.isoformat()
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError as error:
            raise Refusal(f"“{label}”不是日期。", _CLAUSE, "请按2024-01-05的样式填写。") from error

    def past(self, key: str, label: str, *, required: bool = True) -> str | None:
        text = self.any_day(key, label)
        if text is None:
            if required:
                raise Refusal(f"请填写{label}。", _CLAUSE, "以材料上写明的日期为准。")
            return None
        found = date.fromisoformat(text)
        if found > self.day:
            raise Refusal(f"{label}{found}晚于申报之日{self.day}。", _CLAUSE, "请核对材料上的日期。")
        if self.birthday is not None and found < add_years(self.birthday, 10):
            raise Refusal(f"{label}{found}与出生日期{self.birthday}不相称。", _CLAUSE, "请核对材料上的日期。")
        return text

    def choice(self, key: str, label: str, allowed: list[str]) -> str:
        value = str(self.facts.get(key, ""))
        if value not in allowed:
            raise Refusal(f"请选择{label}。", _CLAUSE, "以材料为准。")
        return value

    def relation(self) -> str:
        return self.choice("relation", "与申报职业的关系", [relation.value for relation in Relation])

    def periods(self) -> list[dict[str, Any]]:
        found = []
        for number, period in enumerate(self.facts.get("periods", []), 1):
            one = _Reader(period, self.birthday, self.day)
            since, until = one.past("since", f"第{number}段工作的起始日"), one.any_day("until", f"第{number}段工作的结束日")
            assert since is not None
            if until is not None and until <= since:
                raise Refusal(f"第{number}段工作的结束日不晚于起始日。", _CLAUSE, "请核对证明上的起止日期。")
            found.append({"since": since, "until": until, "relation": one.relation()})
        if not found:
            raise Refusal("请至少填写一段有证明的工作经历。", _CLAUSE, "以劳动合同、社会保险缴费记录或工作年限证明为准。")
        return found

    def schooling(self) -> dict[str, Any]:
        final_year = bool(self.facts.get("final_year"))
        graduated = self.any_day("graduated_on", "毕业日期")
        if graduated is None and not final_year:
            raise Refusal("请填写毕业日期，或勾选“在读应届毕业生”。", _CLAUSE, "应届毕业生以学校出具的学籍证明为准。")
        return {
            "school": self.choice("school", "学校类别", [school.value for school in School]),
            "school_class": self.choice("school_class", "班级类别", [one.value for one in SchoolClass]),
            "graduated_on": graduated,
            "final_year": final_year,
            "major_related": _three(self.facts.get("major_related")),
            "programme_assessed": _three(self.facts.get("programme_assessed")),
        }


def _three(value: Any) -> bool | None:
    return None if value in (None, "") else value in (True, "yes", "true", "1")
