"""违纪违规案件: recorded, told, heard, decided, appealed; and what follows: scores void, the person kept away everywhere, undone on appeal."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, NAMES, Stage, moment
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.accounts.models import Restriction, User
from touchstone.accounts.people import Identity, opened_id_number
from touchstone.accounts.queries import actors_of, office
from touchstone.exams.models import Candidate, VoidedPart
from touchstone.exams.operations.arrangement import name_people
from touchstone.exams.operations.incidents import record_incident
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.exams.operations.results import announce_results, conclude
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.violations.acts import Party
from touchstone.policy.violations.measures import Measure
from touchstone.violations import operations as acts
from touchstone.violations.models import Violation
from touchstone.violations.operations import Decision, Seen
from touchstone.violations.queries import violations

AFTER = moment(date(2026, 3, 23), 9)
HEARD = moment(date(2026, 3, 24), 9)
DECIDED = moment(date(2026, 3, 25), 9)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan whose sittings are opened."""
    return Stage(cast).reviewed().with_sittings().arranged().opened()


def self_of(candidate: Candidate, at: object = AFTER) -> Actor:
    """Give a candidate a desk of their own and let them act at it."""
    person = candidate.person
    accounts.open_log_in(person=person, username=f"own{person.pk}", password="touchstone-demo", by=PLATFORM, at=AFTER)
    accounts.grant_role(person=person, office=office("CANDIDATES"), role=Role.CANDIDATE, since=date(2026, 1, 1), by=PLATFORM, at=AFTER)
    return next(one for one in actors_of(User.objects.get(person=person), EXAM_ON) if one.office_kind is OfficeKind.CANDIDATE)


def first(stage: Stage) -> Candidate:
    """Give the candidate with the first ticket."""
    return Candidate.objects.select_related("person").get(ticket_number=stage.tickets()[0])


def opened(stage: Stage, act: str = "copies") -> Violation:
    """A case against the first candidate, opened from what was told in the sitting of theory."""
    number, ticket, at = stage.sittings()[0].number, stage.tickets()[0], moment(EXAM_ON, 10)
    incident = record_incident(sitting_number=number, kind="misconduct", words="抄写邻座答案", ticket=ticket, by=stage.cast.sun, at=at)
    seen = Seen(Party.CANDIDATE, act, "10时许抄写邻座答案，监考当场制止。", EXAM_ON, candidate=first(stage).number, incident=incident.number)
    return acts.record_violation(seen=seen, by=stage.cast.sun, at=AFTER)


def heard(stage: Stage, act: str = "copies") -> Violation:
    """The same, told and heard."""
    case = opened(stage, act)
    acts.notify_person(number=case.number, by=stage.cast.sun, at=AFTER)
    return acts.take_statement(number=case.number, words="承认抄写，请求从轻。", by=stage.cast.sun, at=HEARD)


def decided(stage: Stage, measure: Measure, *, act: str = "copies", until: date | None = None) -> Violation:
    """The same, decided by the leader."""
    case = heard(stage, act)
    return acts.decide_violation(number=case.number, decision=Decision(measure, "事实清楚", until=until), by=stage.cast.qian, at=DECIDED)


def test_a_case_keeps_what_was_laid_down_on_the_day_of_the_act(stage: Stage) -> None:
    """从考场情况立案：情形、档次、依据随行为日期，场次和科目随考场情况。"""
    case = opened(stage)
    assert (case.number, case.tier, case.part) == ("WJ202600001", "serious", "theory")
    assert "第七条" in case.clause
    assert case.sitting == stage.sittings()[0]
    again = Seen(Party.CANDIDATE, "copies", "x", EXAM_ON, candidate=first(stage).number, incident=case.incident)
    refused_and_nothing_changed(lambda: acts.record_violation(seen=again, by=stage.cast.sun, at=AFTER), "已经立案（WJ202600001）", "violations")


def test_what_cannot_be_recorded(stage: Stage) -> None:
    """别家考生、不在清单的情形、没有事实、还没到的日期，都不能立案。"""
    sun, shi, number = stage.cast.sun, stage.cast.shi, first(stage).number

    def tries(by: Actor, **changed: object) -> object:
        given = {"party": Party.CANDIDATE, "act": "copies", "facts": "抄写", "happened_on": EXAM_ON, "candidate": number} | changed
        return acts.record_violation(seen=Seen(**given), by=by, at=AFTER)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("别家机构的考生", lambda: tries(shi), "没有找到这名考生"),
            ("不在清单", lambda: tries(sun, act="leaks_papers"), "不在参评人员"),
            ("没有事实", lambda: tries(sun, facts=" "), "请写明事实"),
            ("日期未到", lambda: tries(sun, happened_on=date(2026, 3, 24)), "还没有到"),
            ("没有这条情况", lambda: tries(sun, incident="QK0"), "没有编号为QK0"),
            ("备案经办人", lambda: tries(stage.cast.lin), "立案"),
            ("区质量督导员", lambda: tries(stage.cast.wang), "立案"),
            ("没有登录", lambda: tries(VISITOR), "立案"),
        ],
        "violations",
    )


def test_nobody_is_decided_about_before_being_heard(stage: Stage) -> None:
    """没有告知、陈述申辩期没有届满，不能决定；届满而没有陈述的可以决定。"""
    case, qian = opened(stage), stage.cast.qian
    recorded = Decision(Measure.RECORDED, "轻微")

    def decide(at: object) -> object:
        return acts.decide_violation(number=case.number, decision=recorded, by=qian, at=at)  # type: ignore[arg-type]

    refused_and_nothing_changed(lambda: decide(AFTER), "不能作出处理决定", "violations")
    acts.notify_person(number=case.number, by=stage.cast.sun, at=AFTER)
    refused_and_nothing_changed(lambda: decide(DECIDED), "尚未届满", "violations")
    decide(moment(date(2026, 3, 31), 9))
    case.refresh_from_db()
    assert (case.state, case.measure) == ("decided", "recorded")
    assert not VoidedPart.objects.exists()


def test_the_measure_fits_the_tier(stage: Stage) -> None:
    """处理不重于档次，期限不过长，须有理由。"""
    case, qian = heard(stage), stage.cast.qian

    def decide(measure: Measure, reason: str = "理由", until: date | None = None) -> object:
        return acts.decide_violation(number=case.number, decision=Decision(measure, reason, until=until), by=qian, at=DECIDED)

    all_refused_and_nothing_changed(
        [
            ("没有理由", lambda: decide(Measure.ALL_VOID, " "), "请写明处理理由"),
            ("没有期限", lambda: decide(Measure.BARRED), "限制到哪一天"),
            ("期限过长", lambda: decide(Measure.BARRED, until=date(2027, 4, 1)), "最长限制到2027-03-25"),
        ],
        "violations",
    )


def test_a_void_part_fails_the_candidate_and_an_appeal_gives_it_back(stage: Stage) -> None:
    """本科目成绩无效后不合格；申诉撤销后按原成绩重新核定为合格。"""
    candidate, sun = first(stage), stage.cast.sun
    stage.held_open().scored()
    seen = Seen(Party.CANDIDATE, "copies", "评卷时发现抄袭", EXAM_ON, candidate=stage.tickets()[0], part=Part.THEORY)
    number = acts.record_violation(seen=seen, by=sun, at=AFTER).number
    acts.notify_person(number=number, by=sun, at=AFTER)
    acts.waive_hearing(number=number, by=sun, at=AFTER)
    case = acts.decide_violation(number=number, decision=Decision(Measure.PART_VOID, "属实"), by=stage.cast.qian, at=DECIDED)
    candidate.refresh_from_db()
    assert (case.parts, candidate.result) == (["theory"], "")
    with pytest.raises(Refusal, match="还有1名考生没有成绩结论"):
        announce_results(plan_number=stage.plan.number, by=stage.cast.qian, at=DECIDED)
    conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=DECIDED)
    candidate.refresh_from_db()
    assert candidate.result == "failed"
    assert f"因违纪违规处理（{case.number}）无效" in candidate.result_findings[0]["reason"]
    announce_results(plan_number=stage.plan.number, by=stage.cast.qian, at=DECIDED)
    acts.appeal_decision(number=case.number, words="纸条不是我的", by=self_of(candidate), at=moment(date(2026, 3, 26), 9))
    acts.answer_appeal(number=case.number, upheld=False, answer="证据不足，撤销。", by=stage.cast.wu, at=moment(date(2026, 3, 27), 9))
    stage._again()
    assert stage.plan.state == "held", "公示中的成绩因恢复而中止公示"
    conclude(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(date(2026, 3, 27), 10))
    candidate.refresh_from_db()
    assert candidate.result == "passed"


def test_who_is_barred_registers_nowhere_until_the_day(stage: Stage) -> None:
    """限期不得参加的，任何机构的报名都不收，期满或者申诉撤销后可以报名。"""
    candidate, cast = first(stage), stage.cast
    until = date(2026, 12, 1)
    case = decided(stage, Measure.BARRED, until=until)
    assert (case.parts, Restriction.objects.get().until) == (["theory", "practical"], until)
    other = Stage(cast, serial=5)
    report_plan(number=other.plan.number, by=cast.sun, at=cast.at)
    person = candidate.person
    identity = Identity(person.name, opened_id_number(person), "")
    claims = {"years_in_field": "12", "education": "高中", "major": "无", "certificate": None}
    entry = Entry(identity, "own_staff", "直接用工", cast.body_a.name, "5-2", claims)
    later = moment(date(2026, 3, 25), 10)
    other.plan.refresh_from_db()
    other.plan.registration_closes_on = date(2026, 4, 1)
    other.plan.exam_on = date(2026, 4, 20)
    other.plan.save()
    said = f"违纪违规处理（{case.number}），2026-12-01以前不得参加评价"
    refused_and_nothing_changed(lambda: register_candidate(plan_number=other.plan.number, entry=entry, by=cast.sun, at=later), said)
    acts.appeal_decision(number=case.number, words="不服", by=self_of(candidate), at=later)
    acts.answer_appeal(number=case.number, upheld=False, answer="撤销", by=cast.wu, at=later)
    assert Restriction.objects.get().lifted_at == later
    assert register_candidate(plan_number=other.plan.number, entry=entry, by=cast.sun, at=later).name == NAMES[0]


def test_staff_who_are_barred_serve_in_no_sitting(cast: Cast) -> None:
    """工作人员被限制后，不能再安排监考。"""
    stage = Stage(cast).reviewed().with_sittings()
    member = cast.body_a.staff.get(person__name="监考甲")
    at = cast.at
    seen = Seen(Party.STAFF, "hints", "向考生暗示答案", at.date(), staff_id=member.pk)
    case = acts.record_violation(seen=seen, by=cast.sun, at=at)
    acts.notify_person(number=case.number, by=cast.sun, at=at)
    acts.waive_hearing(number=case.number, by=cast.sun, at=at)
    wrong, number = Decision(Measure.ALL_VOID, "x"), case.number
    refused_and_nothing_changed(lambda: acts.decide_violation(number=number, decision=wrong, by=cast.qian, at=at), "可以作的处理是", "violations")
    acts.decide_violation(number=case.number, decision=Decision(Measure.BARRED, "严重", until=date(2027, 3, 1)), by=cast.qian, at=at)
    call = {"sitting_number": stage.sittings()[0].number, "staff_ids": [member.pk], "supervisor_id": None, "by": cast.sun, "at": at}
    refused_and_nothing_changed(lambda: name_people(**call), "监考甲因违纪违规处理")  # type: ignore[arg-type]


def test_who_may_do_what(stage: Stage) -> None:
    """经办人不能决定，别家、别的区、考生本人以外的人不能办理；申诉只由受理单位答复。"""
    cast, case = stage.cast, decided(stage, Measure.PART_VOID)
    number, at = case.number, moment(date(2026, 3, 26), 9)
    other = Candidate.objects.select_related("person").get(ticket_number=stage.tickets()[1])
    own, stranger = self_of(first(stage)), self_of(other)
    all_refused_and_nothing_changed(
        [
            ("别的考生申诉", lambda: acts.appeal_decision(number=number, words="x", by=stranger, at=at), "只有当事人本人"),
            ("别的区代登申诉", lambda: acts.appeal_decision(number=number, words="x", by=cast.du, at=at), "不由您所在的单位受理"),
            ("机构自己申诉", lambda: acts.appeal_decision(number=number, words="x", by=cast.qian, at=at), "“申诉”由"),
            ("没有理由", lambda: acts.appeal_decision(number=number, words=" ", by=own, at=at), "请写明申诉的理由"),
            ("过期", lambda: acts.appeal_decision(number=number, words="x", by=own, at=moment(date(2026, 4, 20), 9)), "已经过期"),
            ("没有登录", lambda: acts.appeal_decision(number=number, words="x", by=VISITOR, at=at), "办理"),
        ],
        "violations",
    )
    acts.appeal_decision(number=number, words="不是我的", by=cast.wang, at=at)
    all_refused_and_nothing_changed(
        [
            ("别的区答复", lambda: acts.answer_appeal(number=number, upheld=True, answer="x", by=cast.lv, at=at), "不由您所在的单位受理"),
            ("机构答复", lambda: acts.answer_appeal(number=number, upheld=True, answer="x", by=cast.qian, at=at), "“维持决定”由"),
            ("没有答复意见", lambda: acts.answer_appeal(number=number, upheld=True, answer="", by=cast.wu, at=at), "审查情况"),
        ],
        "violations",
    )
    acts.answer_appeal(number=number, upheld=True, answer="事实清楚，维持。", by=cast.wu, at=at)
    assert VoidedPart.objects.filter(undone_at__isnull=True).count() == 1
    events = list(Line.objects.filter(subject=number).order_by("id").values_list("event", flat=True))
    assert [one for one in events if one.startswith("violation.")] == [
        "violation.recorded", "violation.notified", "violation.heard", "violation.decided", "violation.appealed", "violation.upheld",
    ]  # fmt: skip


def test_who_sees_a_case(stage: Stage) -> None:
    """本机构、注册地所在区、市级看得到；别家、别的区、行业主管看不到；本人在告知以后看到自己的。"""
    case, cast = opened(stage), stage.cast
    own = self_of(first(stage))
    seen = {who: violations(getattr(cast, who)).count() for who in ("sun", "shi", "wang", "lv", "han", "jiang")}
    assert seen == {"sun": 1, "shi": 0, "wang": 1, "lv": 0, "han": 1, "jiang": 0}
    assert violations(own).count() == 0
    acts.notify_person(number=case.number, by=cast.sun, at=AFTER)
    assert violations(own).count() == 1
    other = Candidate.objects.select_related("person").get(ticket_number=stage.tickets()[1])
    assert violations(self_of(other)).count() == 0
