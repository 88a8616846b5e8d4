"""收尾测试: are new plans frozen from the day of the end, are begun ones finished or re-placed, and does an undoing restore them?"""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from tests.exams.registering import terms_from
from tests.exams.stage import CODE, EXAM_ON, NAMES, Stage, moment
from tests.filings.expiring import put_down
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.people import Identity
from touchstone.bodies.operations import add_room, open_venue
from touchstone.catalogue.queries import occupation, standards_on
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Payment, Plan
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting, name_people, remove_sitting
from touchstone.exams.operations.arranging import arrange, rearrange
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.eligibility_evidence import check_evidence, decide_eligibility
from touchstone.exams.operations.eligibility_review import close_review, refuse_candidate, reopen_review
from touchstone.exams.operations.payments import note_paid, owe
from touchstone.exams.operations.plan_checks import NotInScope
from touchstone.exams.operations.plan_report import cancel_plan, report_plan
from touchstone.exams.operations.plans import PlanTerms, change_plan, draft_plan
from touchstone.exams.operations.registration import register_candidate, withdraw_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.exams.operations.replacing import accept_replacement, decline_replacement, offer_replacement
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.operations.unwinding import unwind
from touchstone.exams.operations.winding import replace_overdue, wind_down
from touchstone.exams.queries.winding import fates_of, last_fate, moved_from, standing_fate, stopped
from touchstone.exams.states import Fate, Part, PlanState
from touchstone.filings import operations
from touchstone.filings.models import Filing, ScopeItem
from touchstone.jobs.endings import replace_what_is_overdue, unwind_undone, wind_down_ended
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.filing.ending import EndKind
from touchstone.simulation.identity import id_number
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
ENDED = moment(date(2026, 3, 5), 10)


def ended(cast: Any, kind: EndKind, at: datetime = ENDED) -> str:
    """End body 甲's filing."""
    Filing.objects.filter(body=cast.body_a).update(route="district_enterprise", rules_day=date(2026, 2, 2))
    by = cast.wu if kind is EndKind.ORDERED else PLATFORM
    told: dict[str, Any] = {"ground": "body_gone", "findings": [], "reason": "查实", "clause": "通知 三(四)3", "effective_on": at.date()}
    return operations.terminate(number="BA2026000001", kind=kind, by=by, at=at, **told).number


def end(cast: Any, kind: EndKind, at: datetime = ENDED) -> str:
    """End body 甲's filing and go through its plans, as the worker would."""
    number = ended(cast, kind, at)
    assert wind_down_ended(at) == 1
    assert wind_down_ended(at) == 0
    return number


def fate(plan: Plan) -> str:
    found = standing_fate(plan)
    assert found is not None
    return str(found.fate)


def test_new_ones_frozen_drafts_cancelled_begun_ones_finished(cast: Any) -> None:
    begun, drafted = Stage(cast).reviewed(), Stage(cast)
    end(cast, EndKind.AUTOMATIC)
    drafted.plan.refresh_from_db()
    assert (fate(drafted.plan), drafted.plan.state) == (Fate.CANCELLED, PlanState.CANCELLED)
    assert (fate(begun.plan), standing_fate(begun.plan).finish_by) == (Fate.FINISHES, date(2026, 5, 4))  # type: ignore[union-attr]
    with pytest.raises(NotInScope):
        draft_plan(scope_item_id=begun.plan.scope_item_id, terms=terms_from(ENDED.date()), by=cast.sun, at=ENDED)


def test_what_was_begun_is_finished_with_certificates(cast: Any) -> None:
    stage = Stage(cast).reviewed()
    end(cast, EndKind.AUTOMATIC)
    stage.with_sittings().arranged().held().scored().announced().confirmed().certified()
    assert stage.plan.state == PlanState.CERTIFIED


def test_its_day_may_move_within_the_time_given(cast: Any) -> None:
    stage = Stage(cast).reviewed()
    end(cast, EndKind.AUTOMATIC)
    for exam_on, allowed in ((date(2026, 4, 28), True), (date(2026, 5, 20), False)):
        terms = PlanTerms(exam_on, date(2026, 3, 20), 20, "孙景明 021-0")
        with transaction.atomic():
            if allowed:
                change_plan(number=stage.plan.number, terms=terms, reason="场地检修", by=cast.sun, at=ENDED)
            else:
                with pytest.raises(NotInScope, match="转由其他机构"):
                    change_plan(number=stage.plan.number, terms=terms, reason="场地检修", by=cast.sun, at=ENDED)
            transaction.set_rollback(True)


def test_a_body_ordered_to_end_finishes_nothing_that_is_not_held(cast: Any) -> None:
    stage = Stage(cast).reviewed()
    end(cast, EndKind.ORDERED)
    assert fate(stage.plan) == Fate.TO_REPLACE
    assert [task.matter for task in open_on(stage.plan.number) if task.matter == "plan.replace"] == ["plan.replace"]


def steps_of(stage: Stage, cast: Any, at: datetime) -> dict[PlanState, list[tuple[str, Any, str]]]:
    """Everything a planner may try on a plan, by the state in which it otherwise could be done; each must say what to do instead."""
    number, sun = stage.plan.number, {"by": cast.sun, "at": at}
    sitting = stage.sittings()[0].number if stage.sittings() else ""
    terms = PlanTerms(date(2026, 4, 28), date(2026, 3, 20), 20, "孙景明 021-0")
    late = SittingTerms(Part.THEORY, 0, at, at)
    one = stage.plan.candidates.order_by("id")[0]
    ticket = {one.ticket_number or "": True}
    entry = Entry(Identity("新人", id_number(77, birthday=date(1999, 1, 1), male=True), "13800000000"), "own_staff", "直接用工", "甲", "5-2", {})
    evidence = {"kind": ProofKind.WORK, "facts": {}, "remark": "已核", **sun}
    tries: dict[PlanState, list[tuple[str, Any]]] = {
        PlanState.REPORTED: [
            ("报名", lambda: register_candidate(plan_number=number, entry=entry, **sun)),
            ("核对材料", lambda: check_evidence(number=one.number, **evidence)),
            ("重新判定", lambda: decide_eligibility(number=one.number, **sun)),
            ("不予通过", lambda: refuse_candidate(number=one.number, reason="x", **sun)),
            ("完成审核", lambda: close_review(number=number, **sun)),
            ("变更计划", lambda: change_plan(number=number, terms=terms, reason="x", **sun)),
            ("增加场次", lambda: add_sitting(plan_number=number, terms=late, **sun)),
        ],
        PlanState.REVIEWED: [
            ("重新开放报名", lambda: reopen_review(number=number, reason="x", **sun)),
            ("增加场次", lambda: add_sitting(plan_number=number, terms=late, **sun)),
            ("删除场次", lambda: remove_sitting(sitting_number=sitting, **sun)),
            ("安排人员", lambda: name_people(sitting_number=sitting, staff_ids=[], supervisor_id=None, **sun)),
            ("编排座位", lambda: assign_seats(plan_number=number, **sun)),
            ("确认编排", lambda: arrange(plan_number=number, **sun)),
        ],
        PlanState.ARRANGED: [
            ("重新编排", lambda: rearrange(plan_number=number, reason="x", **sun)),
            ("登记到考", lambda: note_attendance(sitting_number=sitting, marks=ticket, **sun)),
            ("确认考试结束", lambda: close_sittings(plan_number=number, **sun)),
        ],
    }
    says = "向其他机构提出转入"
    return {state: [(name, attempt, says) for name, attempt in found] for state, found in tries.items()}


@pytest.mark.parametrize("wound", [False, True], ids=["平台尚未处理", "平台已处理"])
@pytest.mark.parametrize("state", [PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED], ids=["报名中", "资格已审", "已编排"])
def test_no_step_of_a_plan_to_be_replaced_is_taken(cast: Any, state: PlanState, wound: bool) -> None:
    """责令终止后待转出的计划，每一步都被拒绝，并说明怎么办。"""
    stage = Stage(cast).reviewed()
    if state is PlanState.REPORTED:
        reopen_review(number=stage.plan.number, reason="补报", by=cast.sun, at=cast.at)
    else:
        stage.with_sittings()
    if state is PlanState.ARRANGED:
        stage.arranged()
    if wound:
        end(cast, EndKind.ORDERED)
    else:
        ended(cast, EndKind.ORDERED)
    stage.plan.refresh_from_db()
    assert stage.plan.state == state
    later = ENDED.replace(day=20) if state is PlanState.ARRANGED else ENDED
    all_refused_and_nothing_changed(steps_of(stage, cast, later)[state], "exams")
    assert stopped(stage.plan, ENDED.date()) is not None


def test_nothing_else_is_owed_of_a_plan_to_be_replaced(cast: Any) -> None:
    """待转出的计划不再催办编排和考试。"""
    stage = Stage(cast).reviewed()
    number = end(cast, EndKind.ORDERED)
    assert {task.matter for task in open_on(stage.plan.number)} == {"plan.replace"}
    operations.reinstate(termination=number, reason="复议撤销", by=cast.wu, at=ENDED)
    unwind_undone(ENDED)
    assert {task.matter for task in open_on(stage.plan.number)} == {"arrange"}


def test_who_does_not_want_to_move_withdraws_and_an_empty_plan_is_cancelled(cast: Any) -> None:
    """不愿转出的考生办理退出；没有考生了，计划可以取消。"""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    end(cast, EndKind.ORDERED)
    number = stage.plan.number
    refused_and_nothing_changed(lambda: cancel_plan(number=number, reason="备案终止", by=cast.sun, at=ENDED), "还有3名考生没有转出", "exams")
    for one in stage.plan.candidates.all():
        withdraw_candidate(number=one.number, reason="本人不再参加", by=cast.sun, at=ENDED)
    assert cancel_plan(number=number, reason="备案终止", by=cast.sun, at=ENDED).state == PlanState.CANCELLED
    assert standing_fate(stage.plan).settled_at == ENDED  # type: ignore[union-attr]
    assert not open_on(number)


def test_what_is_not_held_in_the_days_given_goes_to_another_body(cast: Any) -> None:
    """可以继续完成的计划，到期没有考试的，考生转由其他机构评价。"""
    stage = Stage(cast).reviewed()
    end(cast, EndKind.AUTOMATIC)
    assert replace_what_is_overdue(moment(date(2026, 5, 4), 9)) == 0
    assert replace_what_is_overdue(moment(date(2026, 5, 5), 9)) == 1
    assert replace_what_is_overdue(moment(date(2026, 5, 5), 9)) == 0
    found = standing_fate(stage.plan)
    assert found is not None and (found.fate, found.finding["outcome"]) == (Fate.TO_REPLACE, "unmet")
    assert {task.matter for task in open_on(stage.plan.number)} == {"plan.replace"}
    with pytest.raises(NotAllowed, match="由平台"):
        replace_overdue(plan_number=stage.plan.number, by=cast.sun, at=ENDED)


def test_what_was_held_in_time_is_finished_however_long_the_rest_takes(cast: Any) -> None:
    """按期考试的计划不因成绩公示晚了而转出。"""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    end(cast, EndKind.AUTOMATIC)
    stage.opened()
    for sitting in stage.sittings():
        marks = dict.fromkeys(stage.tickets(), True)
        note_attendance(sitting_number=sitting.number, marks=marks, by=cast.sun, at=moment(date(2026, 3, 20), 13))
    assert replace_what_is_overdue(moment(date(2026, 6, 5), 9)) == 0
    assert fate(stage.plan) == Fate.FINISHES


def test_an_undone_end_puts_plans_back(cast: Any) -> None:
    begun, drafted = Stage(cast).reviewed(), Stage(cast)
    number = end(cast, EndKind.AUTOMATIC)
    operations.reinstate(termination=number, reason="复议撤销", by=cast.wu, at=ENDED)
    assert unwind_undone(ENDED) == 1
    assert unwind_undone(ENDED) == 0
    drafted.plan.refresh_from_db()
    assert drafted.plan.state == PlanState.DRAFTED
    assert standing_fate(begun.plan) is None
    assert [one.undone_at for one in fates_of(number)] == [ENDED, ENDED]
    assert draft_plan(scope_item_id=begun.plan.scope_item_id, terms=terms_from(ENDED.date()), by=cast.sun, at=ENDED).number


def replaced(cast: Any, exam_on: date = date(2026, 5, 8)) -> tuple[Stage, Plan, str]:
    """End 甲's filing by order with a plan arranged; its three candidates are taken over by 乙."""
    stage, target = Stage(cast).reviewed().with_sittings().arranged(), receiving(cast, exam_on=exam_on)
    number = end(cast, EndKind.ORDERED)
    offer(stage, target, cast.sun)
    accept_replacement(plan_number=stage.plan.number, ground="commissioned", employment="", by=cast.shi, at=ENDED)
    return stage, target, number


def test_a_fee_goes_back_and_is_owed_where_they_go(cast: Any) -> None:
    """转入其他机构：已缴的全额退还，未缴的不用再缴，在接收机构按其标准另缴，逐人告知；撤销终止，还没有退的照旧算已缴。"""
    stage, target = Stage(cast).reviewed().with_sittings().arranged(), receiving(cast, exam_on=date(2026, 5, 8))
    Plan.objects.filter(pk__in=[stage.plan.pk, target.pk]).update(fee=280)
    stage.plan.candidates.update(entered_oneself=True)
    first, second, _ = stage.plan.candidates.select_related("plan").order_by("id")
    paid, due = owe(first, at=cast.at), owe(second, at=cast.at)
    assert paid is not None and due is not None
    note_paid(number=paid.number, amount=280, at=cast.at)
    number = end(cast, EndKind.ORDERED)
    offer(stage, target, cast.sun)
    accept_replacement(plan_number=stage.plan.number, ground="commissioned", employment="", by=cast.shi, at=ENDED)

    def states() -> list[str]:
        return list(Payment.objects.order_by("id").values_list("state", flat=True))

    assert states() == ["refund_due", "lapsed", "due", "due", "due"]
    moved = [one for candidate in target.candidates.all() for one in history(candidate.number) if one.event == "candidate.moved"]
    assert len(moved) == 3 and {one.detail["fee"] for one in moved} == {280}
    undo(cast, number)
    assert states() == ["paid", "due", "lapsed", "lapsed", "lapsed"]


def undo(cast: Any, number: str, at: datetime = ENDED) -> None:
    operations.reinstate(termination=number, reason="复议撤销", by=cast.wu, at=at)
    assert unwind_undone(at) == 1


def test_who_was_taken_over_and_not_acted_on_comes_back(cast: Any) -> None:
    """撤销终止：接收机构尚未办理的考生转回原计划，资格如前，考务重新编排，两边都留下记录。"""
    stage, target, number = replaced(cast)
    undo(cast, number)
    stage.plan.refresh_from_db()
    assert stage.plan.state == PlanState.REVIEWED
    assert {one.state for one in stage.plan.candidates.all()} == {"eligible"}
    assert {one.state for one in target.candidates.all()} == {"withdrawn"}
    assert not stage.sittings()
    assert {task.matter for task in open_on(stage.plan.number)} == {"arrange"}
    told = history(target.number).get(event="plan.candidates_returned")
    assert "3名尚未办理的考生转回" in told.reason
    one = target.candidates.order_by("id")[0]
    assert history(one.number).get(event="candidate.returned").detail["state"] == "eligible"
    stage.with_sittings()


def test_who_was_acted_on_stays_where_he_is_and_it_is_said_why(cast: Any) -> None:
    """撤销终止：接收机构已审核的考生留在那里；其余转回；页面逐人写明。"""
    stage, target, number = replaced(cast)
    first = target.candidates.order_by("id")[0]
    check_evidence(number=first.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="已核委托协议", by=cast.shi, at=ENDED)
    undo(cast, number)
    moved = {one.candidate.name: (bool(one.returned_at), one.undoing["reason"]) for one in moved_from(last_fate(stage.plan))}
    assert moved.pop(first.name) == (False, "接收机构已对其办理资格审核，留在接收机构")
    assert set(moved.values()) == {(True, "接收机构尚未办理，转回原机构的计划")}
    first.refresh_from_db()
    assert first.state != "withdrawn"
    assert stage.plan.candidates.get(person=first.person).state == "withdrawn"
    found = fates_of(number)[0]
    assert (found.moved_count, found.back, found.stay) == (3, 2, 1)  # type: ignore[attr-defined]


def test_when_all_stay_the_plan_stays_cancelled(cast: Any) -> None:
    """接收机构已完成资格审核的，考生都留下，原计划不恢复。"""
    stage, target, number = replaced(cast)
    Plan.objects.filter(pk=target.pk).update(state=PlanState.REVIEWED)
    undo(cast, number)
    stage.plan.refresh_from_db()
    assert stage.plan.state == PlanState.CANCELLED
    assert not open_on(stage.plan.number)
    assert {one.undoing["reason"] for one in moved_from(last_fate(stage.plan))} == {"接收机构已完成资格审核，留在接收机构"}


def test_nobody_comes_back_to_an_exam_whose_day_has_passed(cast: Any) -> None:
    """原考试日已过的，考生留在接收机构参加考试。"""
    stage, target, number = replaced(cast)
    undo(cast, number, moment(EXAM_ON, 9))
    assert {one.state for one in target.candidates.all()} != {"withdrawn"}
    assert {one.returned_at for one in moved_from(last_fate(stage.plan))} == {None}


def test_an_offer_not_answered_lapses_when_the_end_is_undone(cast: Any) -> None:
    """还没有答复的转入因撤销终止失效，接收机构的待办了结。"""
    stage, target = Stage(cast).reviewed(), receiving(cast)
    number = end(cast, EndKind.ORDERED)
    offer(stage, target, cast.sun)
    undo(cast, number)
    assert "plan.take_over" not in {task.matter for task in open_on(target.number)}
    taken = {"ground": "commissioned", "employment": "", "by": cast.shi, "at": ENDED}
    refused_and_nothing_changed(lambda: accept_replacement(plan_number=stage.plan.number, **taken), "没有需要转由", "exams")


def test_a_plan_whose_day_passed_under_an_undone_end_may_be_given_another(cast: Any) -> None:
    """终止期间错过了考试日的计划，撤销终止后可以另定考试日。"""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    number = end(cast, EndKind.ORDERED)
    later = moment(date(2026, 4, 1), 9)
    undo(cast, number, later)
    terms = PlanTerms(date(2026, 5, 20), date(2026, 4, 20), 20, "孙景明 021-0")
    changed = change_plan(number=stage.plan.number, terms=terms, reason="终止已撤销，另定考试日", by=cast.sun, at=later)
    assert (changed.state, changed.exam_on) == (PlanState.REVIEWED, date(2026, 5, 20))


def test_only_the_platform_winds_down(cast: Any) -> None:
    Stage(cast)
    number = end(cast, EndKind.ORDERED)
    for act in (wind_down, unwind):
        with pytest.raises(NotAllowed, match="由平台"):
            act(termination_number=number, by=cast.wu, at=ENDED)
    with pytest.raises(Refusal, match="没有撤销"):
        unwind(termination_number=number, by=PLATFORM, at=ENDED)


def receiving(cast: Any, quota: int = 30, exam_on: date = date(2026, 5, 8), closes_on: date = date(2026, 4, 10)) -> Plan:
    """Give a plan of body 乙 for the same level, open for registration."""
    at, body = cast.at, cast.body_b
    filing = put_down(body, until=date(2029, 2, 2), count=1, at=at)[0]
    body.site_code = "300009"
    body.save()
    by = {"by": cast.shi, "at": at}
    venue = open_venue(body=body, name="乙考核点", address="虚构路1号", district=body.district, tenure="owned", leased_until=None, **by)
    for name, purpose in (("理论", "theory"), ("车间", "practical")):
        add_room(venue_number=venue.number, name=name, purpose=purpose, seats=40, cameras=2, equipment="", **by)
    turner = occupation(CODE, at.date())
    assert turner is not None
    standard = standards_on(turner, None, 5, at.date()).first()
    assert standard is not None
    days = {"since": filing.in_force_from, "until": filing.until}
    item = ScopeItem.objects.create(filing=filing, occupation=turner, level=5, venue=venue, standard=standard, **days)
    terms = PlanTerms(exam_on, closes_on, quota, "施予安 021-0")
    plan = draft_plan(scope_item_id=item.pk, terms=terms, **by)
    return report_plan(number=plan.number, **by)


def offer(stage: Stage, target: Plan, by: Any) -> Any:
    return offer_replacement(plan_number=stage.plan.number, to_plan=target.number, by=by, at=ENDED)


def test_candidates_go_to_another_body_that_agrees(cast: Any) -> None:
    stage, target = Stage(cast).reviewed(), receiving(cast)
    end(cast, EndKind.ORDERED)
    offer(stage, target, cast.sun)
    assert [task.office_id for task in open_on(target.number) if task.matter == "plan.take_over"] == [cast.body_b.office_id]
    decline_replacement(plan_number=stage.plan.number, reason="工位已满", by=cast.shi, at=ENDED)
    assert standing_fate(stage.plan).answer.endswith("工位已满")  # type: ignore[union-attr]
    offer(stage, target, cast.zhou)
    rows = accept_replacement(plan_number=stage.plan.number, ground="commissioned", employment="", by=cast.shi, at=ENDED)
    assert {row.candidate.name for row in rows if row.became_id} == set(NAMES[:3])
    stage.plan.refresh_from_db()
    assert (fate(stage.plan), stage.plan.state) == (Fate.REPLACED, PlanState.CANCELLED)
    assert {(one.ground, one.applied_on, "employment" in one.proofs) for one in target.candidates.all()} == {("commissioned", ENDED.date(), False)}
    assert {one.state for one in stage.plan.candidates.all()} == {"withdrawn"}


def test_who_cannot_be_taken_stays_and_is_told_why(cast: Any) -> None:
    stage, target = Stage(cast).reviewed(), receiving(cast)
    end(cast, EndKind.ORDERED)
    offer(stage, target, cast.sun)
    Plan.objects.filter(pk=target.pk).update(quota=2)
    rows = accept_replacement(plan_number=stage.plan.number, ground="commissioned", employment="", by=cast.shi, at=ENDED)
    assert [row.sentence for row in rows if not row.became_id] == ["计划人数2人已满。请先变更计划人数，再提交本行。"]
    assert fate(stage.plan) == Fate.TO_REPLACE
    offer(stage, receiving_more(target), cast.sun)


def receiving_more(target: Plan) -> Plan:
    Plan.objects.filter(pk=target.pk).update(quota=9)
    target.refresh_from_db()
    return target


def test_refused_and_nothing_is_changed(cast: Any) -> None:
    stage, target = Stage(cast).reviewed(), receiving(cast, quota=2)
    other = Stage(cast, level=4)
    refused_and_nothing_changed(lambda: offer(stage, target, cast.sun), "没有需要转由")
    end(cast, EndKind.ORDERED)
    for attempt, says in (
        (lambda: offer(stage, target, cast.shi), "只能办理本机构"),
        (lambda: offer(stage, target, cast.lin), "考务经办人或负责人"),
        (lambda: offer(stage, target, cast.lv), "受理备案的单位提出"),
        (lambda: offer(stage, target, cast.sun), "还能接收2人"),
        (lambda: offer(stage, stage.plan, cast.sun), "没有找到其他机构"),
        (lambda: offer(stage, other.plan, cast.sun), "没有找到其他机构"),
        (lambda: decline_replacement(plan_number=stage.plan.number, reason="x", by=cast.shi, at=ENDED), "没有等待答复"),
    ):
        refused_and_nothing_changed(attempt, says)
    offer(stage, receiving_more(target), cast.sun)
    for attempt, says in (
        (lambda: offer(stage, target, cast.sun), "等待接收机构答复"),
        (lambda: accept_replacement(plan_number=stage.plan.number, ground="public", employment="", by=cast.shi, at=ENDED), "不接受"),
        (lambda: accept_replacement(plan_number=stage.plan.number, ground="commissioned", employment="", by=cast.sun, at=ENDED), "只能办理本机构"),
        (lambda: decline_replacement(plan_number=stage.plan.number, reason=" ", by=cast.shi, at=ENDED), "写明理由"),
    ):
        refused_and_nothing_changed(attempt, says)
