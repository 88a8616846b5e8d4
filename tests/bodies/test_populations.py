"""评价对象登记: who may enter and end workers, agreements, commissions, students and subsidiaries, and what is refused?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.bodies.people import AT, DAY, actor, id_number, make_body, office, uscc
from touchstone.accounts.actor import VISITOR, Actor, NotAllowed
from touchstone.bodies import operations
from touchstone.bodies.models import Agreement, Body, Commission, ModelStanding, Pilot, Student, Subsidiary, Worker
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import met, unmet
from touchstone.ledger.models import Entry
from touchstone.policy.documents import notice
from touchstone.policy.exams.courses import Taught
from touchstone.policy.roles import BodyKind, OfficeKind, Role

pytestmark = pytest.mark.django_db
TABLES = (Worker, Agreement, Commission, Student, Subsidiary, Pilot, ModelStanding)
YEAR = timedelta(days=365)
Enter = Callable[..., object]


@dataclass(frozen=True)
class Scene:
    """An enterprise, a school and a social body with their filers, and the centre's director."""

    firm: Body
    school: Body
    social: Body
    lin: Actor
    fan: Actor
    xie: Actor
    han: Actor


@pytest.fixture
def scene() -> Scene:
    firm = make_body(1)
    school = make_body(2, name="浦江职业技术学院", kind=BodyKind.SCHOOL)
    social = make_body(3, name="申江职业培训中心", kind=BodyKind.SOCIAL)
    lin, fan, xie = (actor(body.office, Role.BODY_FILER, serial=500 + n) for n, body in enumerate((firm, school, social)))
    return Scene(firm, school, social, lin, fan, xie, actor(office(OfficeKind.CITY_CENTRE), Role.DIRECTOR, serial=600))


def agreement(s: Scene, **changed: object) -> Agreement:
    days = {"signed_on": DAY, "since": DAY, "until": DAY + YEAR}
    values = {"body": s.firm, "school": s.school.name, "school_uscc": s.school.uscc, "majors": ["数控技术"], "by": s.lin, "at": AT, **days}
    return operations.enter_agreement(**{**values, **changed})  # type: ignore[arg-type]


def commission(s: Scene, **changed: object) -> Commission:
    days = {"signed_on": DAY, "since": DAY, "until": DAY + YEAR}
    what = {"client": "小微五金厂", "client_uscc": uscc(9), "lacks": "没有考核场地", "occupations": ["6-18-01-01"], "people": 5}
    return operations.enter_commission(**{"body": s.firm, **what, **days, "by": s.lin, "at": AT, **changed})  # type: ignore[arg-type]


def worker(s: Scene, **changed: object) -> Worker:
    what = {"name": "陈一", "id_number": id_number(11), "form": "劳务派遣", "through": "浦江人力公司", "post": "车工", "since": DAY}
    return operations.enter_worker(**{"body": s.firm, **what, "subsidiary": None, "by": s.lin, "at": AT, **changed})  # type: ignore[arg-type]


def student(s: Scene, **changed: object) -> Student:
    what = {"name": "赵一", "id_number": id_number(12), "register_number": "S1", "major": "数控技术", "programme": "高职", "full_time": True}
    days = {"enrolled_on": date(2024, 9, 1), "graduates_on": date(2027, 7, 1)}
    values = {"body": s.school, "agreement": None, **what, **days, "by": s.fan, "at": AT}
    return operations.enter_student(**{**values, **changed})  # type: ignore[arg-type]


def subsidiary(s: Scene, **changed: object) -> Subsidiary:
    what = {"name": "苏州东方机械", "uscc": uscc(8), "province": "32", "address": "苏州市", "share": Decimal(60), "since": DAY}
    return operations.enter_subsidiary(**{"body": s.firm, **what, "by": s.lin, "at": AT, **changed})  # type: ignore[arg-type]


def pilot(s: Scene, **changed: object) -> Pilot:
    what = {"kind": "course_and_certificate", "occupations": ["6-18-01-01"], "plan": "三门课", "units": [Taught("数控编程", "程序编制", None, 0)]}
    values = {"body": s.school, **what, "since": DAY, "until": DAY + YEAR, "filed": {"6-18-01-01"}, "by": s.han, "at": AT}
    return operations.approve_pilot(**{**values, **changed})  # type: ignore[arg-type]


def model(s: Scene, **changed: object) -> ModelStanding:
    values = {"body": s.social, "findings": [met("备案有效", notice("二(二)"))], "reason": "连续三年质量优良", "by": s.han, "at": AT}
    return operations.name_model(**{**values, **changed})  # type: ignore[arg-type]


def kept() -> list[int]:
    return [table.objects.count() for table in TABLES] + [Entry.objects.count()]


WRONG: list[tuple[str, Enter, dict[str, object], str]] = [
    ("协议的院校是本机构", agreement, {"school_uscc": uscc(1)}, "本机构自己"),
    ("协议没有专业", agreement, {"majors": [" "]}, "没有写明专业"),
    ("协议生效早于签订", agreement, {"since": DAY - YEAR}, "早于签订日"),
    ("协议截止不晚于起始", agreement, {"until": DAY}, "不晚于起始"),
    ("协议明天才签订", agreement, {"signed_on": DAY + timedelta(days=1)}, "晚于今天"),
    ("协议的信用代码错", agreement, {"school_uscc": "91310101MA0000009X"}, "信用代码"),
    ("委托没有说明", commission, {"lacks": " "}, "不具备自主评价条件"),
    ("委托零人", commission, {"people": 0}, "委托人数"),
    ("委托没有职业", commission, {"occupations": []}, "没有写明职业"),
    ("用工形式不在清单", worker, {"form": "退休返聘"}, "不在可选范围"),
    ("派遣没有写单位", worker, {"through": ""}, "派遣或承揽单位"),
    ("明天才到岗", worker, {"since": DAY + timedelta(days=1)}, "晚于今天"),
    ("学生没有学籍号", student, {"register_number": ""}, "学籍号"),
    ("毕业早于入学", student, {"graduates_on": date(2024, 9, 1)}, "不晚于入学日"),
    ("持股超过百分之百", subsidiary, {"share": Decimal(101)}, "持股比例"),
    ("下属企业是本机构", subsidiary, {"uscc": uscc(1)}, "本机构自己"),
    ("课证融通没有对应", pilot, {"units": []}, "没有写明课程单元"),
    ("没有备案的职业", pilot, {"filed": ()}, "没有备案职业6-18-01-01"),
    ("试点没有职业", pilot, {"occupations": []}, "职业"),
    ("试点昨天开始", pilot, {"since": DAY - timedelta(days=1)}, "早于批准之日"),
    ("条件不具备的示范机构", model, {"findings": [unmet("目前没有有效的备案", notice("二(二)"))]}, "还不具备"),
    ("示范没有理由", model, {"reason": ""}, "理由"),
]


@pytest.mark.parametrize(("enter", "changed", "words"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_is_wrong_is_refused_and_leaves_no_trace(scene: Scene, enter: Enter, changed: dict[str, object], words: str) -> None:
    before = kept()
    with pytest.raises(Refusal, match=words):
        enter(scene, **changed)
    assert kept() == before


@pytest.mark.parametrize("enter", [agreement, commission, worker, student, subsidiary, pilot, model])
def test_only_those_in_charge_may_enter(scene: Scene, enter: Enter) -> None:
    before = kept()
    for stranger in (VISITOR, scene.xie):
        with pytest.raises(NotAllowed):
            enter(scene, by=stranger)
    assert kept() == before


@pytest.mark.parametrize("enter", [agreement, commission, worker, student, subsidiary, pilot, model])
def test_the_same_is_not_entered_twice(scene: Scene, enter: Enter) -> None:
    enter(scene)
    before = kept()
    with pytest.raises(Refusal, match=r"已|重叠"):
        enter(scene)
    assert kept() == before


def test_each_kind_of_body_has_its_own_populations(scene: Scene) -> None:
    for enter in (agreement, commission, worker, subsidiary):
        with pytest.raises(Refusal, match="只有用人单位"):
            enter(scene, body=scene.social, by=scene.xie)
    with pytest.raises(Refusal, match="社会培训评价组织不登记学生"):
        student(scene, body=scene.social, by=scene.xie)
    with pytest.raises(Refusal, match="须依据本单位的校企合作协议"):
        student(scene, body=scene.firm, by=scene.lin)
    with pytest.raises(Refusal, match="只面向院校"):
        pilot(scene, body=scene.firm)
    with pytest.raises(Refusal, match="只有社会培训评价组织"):
        model(scene, body=scene.firm)


def test_an_agreement_ends_on_a_day_and_stays_on_record(scene: Scene) -> None:
    made = agreement(scene)
    assert made.school_body == scene.school
    student(scene, body=scene.firm, agreement=made, by=scene.lin)
    with pytest.raises(NotAllowed):
        operations.end_agreement(number=made.number, on=DAY, reason="x", by=scene.fan, at=AT)
    with pytest.raises(Refusal, match="终止日"):
        operations.end_agreement(number=made.number, on=DAY - timedelta(days=1), reason="合作结束", by=scene.lin, at=AT)
    assert operations.end_agreement(number=made.number, on=DAY, reason="合作结束", by=scene.lin, at=AT).ended_on == DAY
    with pytest.raises(Refusal, match="已经终止"):
        operations.end_agreement(number=made.number, on=DAY, reason="合作结束", by=scene.lin, at=AT)
    assert agreement(scene).number != made.number


def test_commission_worker_student_and_subsidiary_end_once(scene: Scene) -> None:
    paper = commission(scene)
    assert operations.end_commission(number=paper.number, on=DAY, reason="完成", by=scene.lin, at=AT).ended_on == DAY
    at_work, learner, firm = worker(scene), student(scene), subsidiary(scene)
    operations.end_worker(worker_id=at_work.pk, on=DAY, by=scene.lin, at=AT)
    operations.end_student(student_id=learner.pk, on=DAY, by=scene.fan, at=AT)
    operations.end_subsidiary(number=firm.number, on=DAY, by=scene.lin, at=AT)
    before = kept()
    with pytest.raises(Refusal, match="已登记离岗"):
        operations.end_worker(worker_id=at_work.pk, on=DAY, by=scene.lin, at=AT)
    with pytest.raises(Refusal, match="已登记离校"):
        operations.end_student(student_id=learner.pk, on=DAY, by=scene.fan, at=AT)
    with pytest.raises(Refusal, match="已登记退出"):
        operations.end_subsidiary(number=firm.number, on=DAY, by=scene.lin, at=AT)
    assert kept() == before


def test_a_pilot_runs_from_approval_to_the_decision_to_spread(scene: Scene) -> None:
    number = pilot(scene).number
    with pytest.raises(Refusal, match="还没有总结"):
        operations.decide_pilot(number=number, spread=True, words="可行", by=scene.han, at=AT)
    with pytest.raises(NotAllowed):
        operations.report_pilot(number=number, report="总结", by=scene.lin, at=AT)
    operations.report_pilot(number=number, report="三门课，四十人", by=scene.fan, at=AT)
    with pytest.raises(NotAllowed):
        operations.decide_pilot(number=number, spread=True, words="可行", by=scene.fan, at=AT)
    operations.end_pilot(number=number, reason="提前完成", by=scene.han, at=AT)
    assert operations.decide_pilot(number=number, spread=True, words="可行", by=scene.han, at=AT).spread is True
    with pytest.raises(Refusal, match="已作出推广决定"):
        operations.report_pilot(number=number, report="改写", by=scene.fan, at=AT)


def test_a_model_is_taken_back_with_a_reason(scene: Scene) -> None:
    model(scene)
    with pytest.raises(Refusal, match="取消理由"):
        operations.take_back_model(body=scene.social, reason="", by=scene.han, at=AT)
    assert operations.take_back_model(body=scene.social, reason="评估不合格", by=scene.han, at=AT).until == DAY
    with pytest.raises(Refusal, match="不是示范机构"):
        operations.take_back_model(body=scene.social, reason="评估不合格", by=scene.han, at=AT)
