"""本人报名测试: may somebody register themselves, and nobody else; is a bad photo refused; is it the same candidate as from a workbook?"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from tests.cast import Cast
from tests.exams.pictures import portrait
from tests.exams.registering import entry, terms
from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.facts.photo import measured, upright
from touchstone.exams.models import Candidate, OwnDraft, Plan
from touchstone.exams.operations import own_registration as operations
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import change_plan, draft_plan
from touchstone.exams.operations.registration import register_candidate, withdraw_candidate
from touchstone.exams.operations.registration_gate import RegistrationClosed
from touchstone.exams.queries import own
from touchstone.exams.queries.registration import evidence
from touchstone.files.operations import FileRefused
from touchstone.filings.models import ScopeItem
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry as Line
from touchstone.policy.exams.photo import photo_findings
from touchstone.policy.exams.undertaking import version_of
from touchstone.simulation.cast import identity_of

CLAIMS = {"years_in_field": "8", "started_work_on": None, "certificate": None, "education": "高中", "major": "无"}
TOLD: dict[str, Any] = {"ground": "own_staff", "employment": "直接用工", "employer": "上海甲辰精密机械有限公司", "condition": "4-1", "claims": CLAIMS}


@pytest.fixture
def open_plan(cast: Cast, item: ScopeItem) -> Plan:
    """Give a reported plan that is open to candidates, for 280 yuan."""
    drafted = draft_plan(scope_item_id=item.pk, terms=terms(open_to_candidates=True, fee=280), by=cast.sun, at=cast.at)
    report_plan(number=drafted.number, by=cast.sun, at=cast.at)
    return Plan.objects.get(pk=drafted.pk)


def filled(plan: Plan, by: Actor, cast: Cast) -> OwnDraft:
    """Give a form of somebody, complete but for the undertaking."""
    draft = operations.begin_own_registration(plan_number=plan.number, by=by, at=cast.at)
    operations.save_own_registration(number=draft.number, **TOLD, by=by, at=cast.at)
    operations.give_photo(number=draft.number, name="我.jpg", content=portrait(), by=by, at=cast.at)
    return draft


def handed_in(draft: OwnDraft, by: Actor, cast: Cast) -> Candidate:
    """Give the candidate a form became."""
    return operations.register_oneself(number=draft.number, undertaking=version_of(cast.at.date()), by=by, at=cast.at)


def test_it_is_the_same_candidate_as_from_a_workbook(cast: Cast, open_plan: Plan) -> None:
    """本人报名和机构登记，同样的内容得到同样的结论；只是本人说在岗，不等于机构证明在岗。"""
    mine = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    theirs = register_candidate(plan_number=open_plan.number, entry=entry(5), by=cast.sun, at=cast.at)
    assert (mine.state, mine.ground, mine.claims) == (theirs.state, theirs.ground, theirs.claims)
    differ = [(one["reason"], other["reason"]) for one, other in zip(mine.findings, theirs.findings, strict=True) if one != other]
    assert differ == [("自述为直接用工，尚无在岗证明", "直接用工，申报之日在岗")]
    checked = check_evidence(number=mine.number, kind=ProofKind.EMPLOYMENT, facts={}, remark="已核劳动合同", by=cast.sun, at=cast.at)
    assert checked.findings == theirs.findings
    assert mine.entered_oneself and not theirs.entered_oneself
    assert mine.undertaking == {"version": version_of(cast.at.date()), "at": cast.at.isoformat()}
    assert own.photo_of(mine.number) is not None
    assert Line.objects.get(event="candidate.registered", subject=mine.number).detail["own_form"].startswith("BM2026")


def test_evidence_goes_along(cast: Cast, open_plan: Plan) -> None:
    draft = filled(open_plan, cast.chen, cast)
    add = partial(operations.add_own_evidence, number=draft.number, by=cast.chen, at=cast.at)
    kept = add(kind=ProofKind.WORK, name="社保.png", content=portrait(form="PNG"))
    wrong = add(kind=ProofKind.TITLE, name="职称.jpg", content=portrait())
    operations.take_off_own_evidence(number=draft.number, attachment=wrong.number, by=cast.chen, at=cast.at)
    with pytest.raises(Refusal, match="不能接收"):
        add(kind=ProofKind.WORK, name="a.xlsx", content=b"PK")
    mine = handed_in(draft, cast.chen, cast)
    assert {kind: [one.sha256 for one in files] for kind, files in evidence(mine.number).items() if files} == {ProofKind.WORK: [kept.sha256]}


def test_a_form_is_opened_once_and_handed_in_once(cast: Cast, open_plan: Plan) -> None:
    draft = filled(open_plan, cast.chen, cast)
    assert operations.begin_own_registration(plan_number=open_plan.number, by=cast.chen, at=cast.at) == draft
    handed_in(draft, cast.chen, cast)
    with pytest.raises(Refusal, match="已经提交"):
        handed_in(draft, cast.chen, cast)
    with pytest.raises(Refusal, match="您已在本计划报名"):
        operations.begin_own_registration(plan_number=open_plan.number, by=cast.chen, at=cast.at)


def test_who_withdrew_may_begin_again(cast: Cast, open_plan: Plan) -> None:
    first = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    withdraw_candidate(number=first.number, reason="报错", by=cast.sun, at=cast.at)
    again = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    assert again.number != first.number and again.state == first.state


@pytest.mark.parametrize("who", ["lin", "sun", "zhou", "song", "zhu"])
def test_nobody_registers_somebody_else(who: str, cast: Cast, open_plan: Plan) -> None:
    """机构、主管部门、考评人员的身份都不能走本人报名。"""
    with pytest.raises(NotAllowed, match="考生身份"):
        operations.begin_own_registration(plan_number=open_plan.number, by=getattr(cast, who), at=cast.at)
    assert not OwnDraft.objects.exists()


def test_another_candidate_does_not_touch_my_form(cast: Cast, open_plan: Plan) -> None:
    draft = filled(open_plan, cast.chen, cast)
    stranger = replace(cast.chen, user_id=cast.lin.user_id)
    for act in (
        lambda: operations.save_own_registration(number=draft.number, **TOLD, by=stranger, at=cast.at),
        lambda: operations.give_photo(number=draft.number, name="我.jpg", content=portrait(), by=stranger, at=cast.at),
        lambda: handed_in(draft, stranger, cast),
    ):
        with pytest.raises(Refusal, match="不是您本人的"):
            act()
    assert not open_plan.candidates.exists()
    with pytest.raises(NotAllowed):
        own.own_draft(draft.number, stranger)


def test_a_plan_that_is_not_open_is_not_registered_for(cast: Cast, plan: Plan) -> None:
    with pytest.raises(NotAllowed, match="不开放本人报名"):
        operations.begin_own_registration(plan_number=plan.number, by=cast.chen, at=cast.at)
    assert not own.plans_open_to_candidates(cast.at.date()).exists()
    with pytest.raises(Refusal, match="没有这份计划"):
        operations.begin_own_registration(plan_number="JH0", by=cast.chen, at=cast.at)


def test_after_the_last_day_nothing_is_taken_and_nothing_lost(cast: Cast, open_plan: Plan) -> None:
    draft, late = filled(open_plan, cast.chen, cast), cast.at + timedelta(days=20)
    assert own.plans_open_to_candidates(cast.at.date()).get() == open_plan
    assert not own.plans_open_to_candidates(late.date()).exists()
    with pytest.raises(RegistrationClosed):
        operations.register_oneself(number=draft.number, undertaking=version_of(late.date()), by=cast.chen, at=late)
    assert own.own_draft(draft.number, cast.chen).declared == TOLD | {"employer": TOLD["employer"]}


@pytest.mark.parametrize(("version", "says"), [("", "还没有作出告知承诺"), ("2017-01-01", "已经更新")])
def test_the_undertaking_is_the_one_in_force(version: str, says: str, cast: Cast, open_plan: Plan) -> None:
    draft = filled(open_plan, cast.chen, cast)
    with pytest.raises(Refusal, match=says):
        operations.register_oneself(number=draft.number, undertaking=version, by=cast.chen, at=cast.at)
    assert not open_plan.candidates.exists()


def test_what_is_missing_is_named(cast: Cast, open_plan: Plan) -> None:
    draft = operations.begin_own_registration(plan_number=open_plan.number, by=cast.chen, at=cast.at)
    with pytest.raises(Refusal, match="还缺：报名内容、照片"):
        handed_in(draft, cast.chen, cast)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"ground": "public"}, "不接受社会人员", id="不接受的参评来源"),
        pytest.param({"employment": ""}, "请选择用工形式", id="没有用工形式"),
        pytest.param({"condition": "3-1"}, "没有“3-1”这一申报条件", id="别的等级的条件"),
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any], says: str, cast: Cast, open_plan: Plan) -> None:
    draft = operations.begin_own_registration(plan_number=open_plan.number, by=cast.chen, at=cast.at)
    with pytest.raises(Refusal, match=says):
        operations.save_own_registration(number=draft.number, **TOLD | changes, by=cast.chen, at=cast.at)
    assert own.own_draft(draft.number, cast.chen).declared == {}


def test_the_body_registered_them_meanwhile(cast: Cast, open_plan: Plan) -> None:
    """填到一半，机构已经集体登记：提交时说明，不重复。"""
    draft = filled(open_plan, cast.chen, cast)
    theirs = replace(entry(1), identity=identity_of("chen"))
    register_candidate(plan_number=open_plan.number, entry=theirs, by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="已登记"):
        handed_in(draft, cast.chen, cast)
    assert open_plan.candidates.count() == 1


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        pytest.param(portrait(size=(200, 280)), "太小", id="太小"),
        pytest.param(portrait(size=(900, 600)), "不成比例", id="横着拍"),
        pytest.param(portrait(wall=60), "背景太暗", id="背景太暗"),
        pytest.param(portrait(blur=9), "模糊", id="模糊"),
    ],
)
def test_a_bad_photo_is_refused_and_the_good_one_stays(picture: bytes, says: str, cast: Cast, open_plan: Plan) -> None:
    draft = filled(open_plan, cast.chen, cast)
    before = own.photo_of(draft.number)
    with pytest.raises(Refusal, match=says):
        operations.give_photo(number=draft.number, name="我.jpg", content=picture, by=cast.chen, at=cast.at)
    assert own.photo_of(draft.number) == before


@pytest.mark.parametrize("content", [portrait(form="PNG"), b"\xff\xd8\xff nothing", b""], ids=["PNG", "坏文件", "空文件"])
def test_what_is_no_jpeg_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused):
        upright("我.jpg", content)


def test_a_photo_taken_sideways_is_put_upright() -> None:
    """手机横握拍摄、注明旋转的照片，按人看到的方向检查。"""
    found = measured(upright("我.jpg", portrait(size=(840, 600), turn=6)))
    assert (found.width, found.height) == (600, 840)
    day = date(2026, 3, 2)
    good = measured(upright("我.jpg", portrait(size=(2400, 3360))))
    assert good.height == 1000 and all(one.outcome == "met" for one in photo_findings(good, day))


def test_the_fee_stands_once_somebody_registered(cast: Cast, open_plan: Plan) -> None:
    handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    with pytest.raises(Refusal, match="收费标准不能再改"):
        change_plan(number=open_plan.number, terms=terms(open_to_candidates=True, fee=300), reason="调整", by=cast.sun, at=cast.at)
    change_plan(number=open_plan.number, terms=terms(open_to_candidates=False, fee=280), reason="不再开放", by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="收费标准应在"):
        draft_plan(scope_item_id=open_plan.scope_item_id, terms=terms(fee=20_001), by=cast.sun, at=cast.at)
