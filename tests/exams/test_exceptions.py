"""直接认定和破格: put forward on merit, decided by the leader; who is recognised directly gets a certificate without a sitting, by the same chain."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.exams.registering import entry, put_in_force, terms
from tests.exams.stage import moment
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.certificates.queries import of_plan
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.operations import exceptions as acts
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.results import announce_results, confirm_results, withdraw_results
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries.exceptions import exceptional_cases
from touchstone.notices.models import PublicNotice
from touchstone.policy.eligibility.exceptions import Mode

WORDS = "2025年获全国机械行业职业技能竞赛车工组一等奖，解决曲轴加工振纹难题。"
LEADER = "经企业技能人才工作小组研究，同意。"
D, A = Mode.DIRECT, Mode.ABOVE


def a_plan(cast: Cast, level: int = 3, quota: int = 10) -> Plan:
    """Give a reported plan of body 甲, with the exam on 27 March 2026."""
    item = put_in_force(cast, level=level)
    plan = draft_plan(scope_item_id=item.pk, terms=terms(quota=quota), by=cast.sun, at=cast.at)
    return report_plan(number=plan.number, by=cast.sun, at=cast.at)


def a_candidate(cast: Cast, plan: Plan, serial: int = 0) -> Candidate:
    """Register a turner of three years, who meets no condition of level 3; their employment is checked."""
    made = register_candidate(plan_number=plan.number, entry=entry(serial, condition=f"{plan.level}-1", years_in_field="3"), by=cast.sun, at=cast.at)
    return check_evidence(number=made.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="已核劳动合同", by=cast.sun, at=cast.at)


def put(cast: Cast, one: Candidate, mode: Mode = D, merit: str = "award", *, paper: bool = True) -> None:
    """Put somebody forward, with a paper."""
    if paper:
        acts.add_merit_paper(number=one.number, name="获奖证书.pdf", content=b"%PDF-1.4 award", by=cast.sun, at=cast.at)
    acts.put_forward_exception(number=one.number, mode=mode, merit=merit, words=WORDS, by=cast.sun, at=cast.at)


def test_recognised_directly_up_to_the_certificate(cast: Cast) -> None:
    """获奖职工直接认定高级工：负责人认可，不排座位，公示写明情形，期满发证，证书依据写明直接认定。"""
    plan = a_plan(cast)
    one = a_candidate(cast, plan)
    assert one.state == "ineligible"
    put(cast, one)
    refused_and_nothing_changed(lambda: close_review(number=plan.number, by=cast.sun, at=cast.at), "没有决定", "exams")
    acts.decide_exception(number=one.number, granted=True, words=LEADER, by=cast.qian, at=cast.at)
    one.refresh_from_db()
    assert (one.state, one.satisfied_condition) == ("eligible", "直接认定")
    again = check_evidence(number=one.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="再核一次", by=cast.sun, at=cast.at)
    assert again.state == "eligible"
    close_review(number=plan.number, by=cast.sun, at=moment(date(2026, 3, 17), 9))
    day = moment(date(2026, 3, 27), 9)
    all_refused_and_nothing_changed(
        [
            ("排座位", lambda: assign_seats(plan_number=plan.number, by=cast.sun, at=cast.at), "不组织考试"),
            ("还没有到认定日", lambda: acts.hold_directly(plan_number=plan.number, by=cast.sun, at=moment(date(2026, 3, 26), 9)), "还没有到"),
            ("别家", lambda: acts.hold_directly(plan_number=plan.number, by=cast.shi, at=day), "本机构"),
        ],
        "exams",
    )
    acts.hold_directly(plan_number=plan.number, by=cast.sun, at=day)
    announce_results(plan_number=plan.number, by=cast.qian, at=day)
    notice = PublicNotice.objects.get(case=plan.number)
    assert "不组织考试" in notice.preface
    assert notice.rows[0][-1].startswith("直接认定：获省部级以上表彰")
    confirm_results(plan_number=plan.number, by=PLATFORM, at=moment(notice.closes_on, 1))
    issue_certificates(plan_number=plan.number, by=cast.qian, at=moment(notice.closes_on, 9))
    made = of_plan(plan.number).get()
    assert (made.level, made.theory) == ("3", None)
    assert made.basis["exception"].startswith("直接认定：")


def test_an_upheld_objection_takes_one_back(cast: Cast) -> None:
    """异议成立，公示中止，负责人撤回该人的直接认定，其余人员重新公示。"""
    plan = a_plan(cast)
    people = [a_candidate(cast, plan, serial) for serial in (0, 1)]
    for one in people:
        put(cast, one)
        acts.decide_exception(number=one.number, granted=True, words=LEADER, by=cast.qian, at=cast.at)
    close_review(number=plan.number, by=cast.sun, at=moment(date(2026, 3, 17), 9))
    day = moment(date(2026, 3, 27), 9)
    acts.hold_directly(plan_number=plan.number, by=cast.sun, at=day)
    announce_results(plan_number=plan.number, by=cast.qian, at=day)
    number = people[0].number

    def take_back(by: object = cast.qian, words: str = "获奖证书系伪造") -> object:
        return acts.take_back_exception(number=number, words=words, by=by, at=day)  # type: ignore[arg-type]

    refused_and_nothing_changed(take_back, "没有可以撤回", "exams")
    withdraw_results(plan_number=plan.number, reason="异议成立", by=cast.sun, at=day)
    all_refused_and_nothing_changed(
        [("经办人", lambda: take_back(cast.sun), "企业负责人"), ("没有理由", lambda: take_back(words=" "), "撤回的理由")], "exams"
    )
    take_back()
    announce_results(plan_number=plan.number, by=cast.qian, at=day)
    assert len(PublicNotice.objects.filter(case=plan.number).latest("id").rows) == 1


def test_admitted_above_the_ladder_and_examined(cast: Cast) -> None:
    """破格的符合资格后照常参加考试；比例用完的不再认可。"""
    plan = a_plan(cast, level=4, quota=5)
    first, second = a_candidate(cast, plan), a_candidate(cast, plan, 1)
    put(cast, first, A, "mentor")
    put(cast, second, A, "mentor")
    acts.decide_exception(number=first.number, granted=True, words=LEADER, by=cast.qian, at=cast.at)
    first.refresh_from_db()
    assert (first.state, first.satisfied_condition) == ("eligible", "破格申报")
    refused_and_nothing_changed(
        lambda: acts.decide_exception(number=second.number, granted=True, words=LEADER, by=cast.qian, at=cast.at), "破格最多1人", "exams"
    )
    acts.decide_exception(number=second.number, granted=False, words="比例已满", by=cast.qian, at=cast.at)
    second.refresh_from_db()
    assert second.state == "ineligible"
    close_review(number=plan.number, by=cast.sun, at=moment(date(2026, 3, 17), 9))
    refused_and_nothing_changed(
        lambda: acts.hold_directly(plan_number=plan.number, by=cast.sun, at=moment(date(2026, 3, 27), 9)), "需要考试", "exams"
    )


def test_what_cannot_be_put_forward(cast: Cast) -> None:
    """情形不适用、越级太多、没有事实、没有材料，不能提出或认可；决定只由负责人作出，作出后不改。"""
    plan = a_plan(cast)
    one = a_candidate(cast, plan)
    number = one.number

    def tries(mode: Mode, merit: str, words: str = WORDS, by: object = cast.sun) -> object:
        return acts.put_forward_exception(number=number, mode=mode, merit=merit, words=words, by=by, at=cast.at)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("业绩定级不到三级", lambda: tries(D, "performance"), "五级、四级"),
            ("不在清单", lambda: tries(D, "friend"), "不在清单"),
            ("越两级", lambda: tries(A, "award"), "最多可以越过1级"),
            ("没有事实", lambda: tries(D, "award", " "), "没有写明"),
            ("别家", lambda: tries(D, "award", by=cast.shi), "本机构"),
            ("区", lambda: tries(D, "award", by=cast.wang), "资格审核由"),
            ("没有登录", lambda: tries(D, "award", by=VISITOR), "资格审核由"),
        ],
        "exams",
    )
    put(cast, one, paper=False)

    def decide(by: object = cast.qian, words: str = LEADER) -> object:
        return acts.decide_exception(number=number, granted=True, words=words, by=by, at=cast.at)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("没有材料", decide, "没有业绩材料"),
            ("经办人", lambda: decide(cast.sun), "由企业负责人决定"),
            ("没有意见", lambda: decide(words=" "), "决定意见"),
        ],
        "exams",
    )
    acts.decide_exception(number=number, granted=False, words="材料不足", by=cast.qian, at=cast.at)
    refused_and_nothing_changed(lambda: tries(D, "award"), "已有决定", "exams")


@pytest.mark.parametrize(("who", "many"), [("sun", 1), ("shi", 0), ("wang", 1), ("lv", 0), ("han", 1)])
def test_who_sees_the_list(cast: Cast, who: str, many: int) -> None:
    """清单：本企业、管辖的区、市级看得到。"""
    put(cast, a_candidate(cast, a_plan(cast)))
    assert exceptional_cases(getattr(cast, who)).count() == many


def test_examined_and_recognised_do_not_mix(cast: Cast) -> None:
    """直接认定的和要考试的不能在同一个计划中。"""
    plan = a_plan(cast, level=4)
    one, other = a_candidate(cast, plan), a_candidate(cast, plan, 1)
    put(cast, one)
    put(cast, other, A, "award", paper=True)
    for each in (one, other):
        acts.decide_exception(number=each.number, granted=True, words=LEADER, by=cast.qian, at=cast.at)
    refused_and_nothing_changed(
        lambda: close_review(number=plan.number, by=cast.sun, at=moment(date(2026, 3, 17), 9)), "不能在同一个计划中", "exams"
    )
