"""收尾测试: are new plans frozen from the day of the end, are begun ones finished or re-placed, and does an undoing restore them?"""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from tests.exams.registering import terms_from
from tests.exams.stage import CODE, NAMES, Stage, moment
from tests.filings.expiring import put_down
from tests.filings.test_end_request import refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.bodies.operations import add_room, open_venue
from touchstone.catalogue.queries import occupation, standards_on
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_checks import NotInScope
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import PlanTerms, change_plan, draft_plan
from touchstone.exams.operations.replacing import accept_replacement, decline_replacement, offer_replacement
from touchstone.exams.operations.winding import unwind, wind_down
from touchstone.exams.queries.winding import fates_of, standing_fate
from touchstone.exams.states import Fate, PlanState
from touchstone.filings import operations
from touchstone.filings.models import Filing, ScopeItem
from touchstone.jobs.endings import unwind_undone, wind_down_ended
from touchstone.kernel.law import Refusal
from touchstone.policy.filing.ending import EndKind
from touchstone.tasks.queries import open_on

pytestmark = pytest.mark.django_db
ENDED = moment(date(2026, 3, 5), 10)


def end(cast: Any, kind: EndKind, at: datetime = ENDED) -> str:
    """End body 甲's filing and go through its plans, as the worker would."""
    Filing.objects.filter(body=cast.body_a).update(route="district_enterprise", rules_day=date(2026, 2, 2))
    by = cast.wu if kind is EndKind.ORDERED else PLATFORM
    told: dict[str, Any] = {"ground": "body_gone", "findings": [], "reason": "查实", "clause": "通知 三(四)3", "effective_on": at.date()}
    number = operations.terminate(number="BA2026000001", kind=kind, by=by, at=at, **told).number
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
