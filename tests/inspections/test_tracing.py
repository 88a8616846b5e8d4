"""问题回溯测试: does everything one bad thing touches come up, does a body see only its own, and when is a tracing finished?"""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.cast import Cast
from tests.exams.computer import _open_questions, city_paper
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.inspections.test_watching import NINE, camera, theory
from tests.questions.conftest import stand_up
from tests.questions.papers import stocked, structured
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.queries import person as person_named
from touchstone.certificates.queries import of_plan
from touchstone.exams.queries.traced import served_in
from touchstone.inspections.facts.tracing import touched
from touchstone.inspections.models import CameraGap, Tracing
from touchstone.inspections.operations import tracing as acts
from touchstone.inspections.operations.feeding import note_silent_cameras
from touchstone.inspections.queries import tracing as queries
from touchstone.inspections.states.tracing import TracingState
from touchstone.jobs.inspections import note_late_tracings
from touchstone.policy.supervision.records import TOUCHES, Source
from touchstone.questions.queries.papers import items_of
from touchstone.tasks.queries import copies_to, waiting_for

AFTER = moment(date(2026, 4, 8), 9)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a plan of body 甲 that has come to its certificates."""
    return Stage(cast).all_the_way()


def begun(stage: Stage, by: str = "sun") -> Tracing:
    """Begin a tracing from the first certificate."""
    number = of_plan(stage.plan.number).order_by("number")[0].number
    actor = getattr(stage.cast, by)
    return acts.begin_tracing(body=stage.cast.body_a, source=Source.CERTIFICATE, reference=number, reason="工龄证明系伪造", by=actor, at=AFTER)


def counts(source: Source, reference: str, stage: Stage, own: bool = True) -> dict[str, int]:
    """Count what each head touches."""
    return {one.head: one.count() for one in touched(source, reference, stage.cast.body_a if own else None, AFTER)}


def test_the_heads_are_those_of_the_law(stage: Stage) -> None:
    """四种起点列出的范围，与法规清单一一对应。"""
    member = stage.cast.body_a.staff.select_related("person").filter(duty="assessor").first()
    assert member is not None
    found = {
        Source.CERTIFICATE: counts(Source.CERTIFICATE, of_plan(stage.plan.number)[0].number, stage),
        Source.QUESTION: counts(Source.QUESTION, "ST0", stage),
        Source.ASSESSOR: counts(Source.ASSESSOR, member.person.number, stage),
        Source.CAMERA_GAP: dict.fromkeys(TOUCHES.on(AFTER.date()).value[Source.CAMERA_GAP], 0),
    }
    assert {source: tuple(heads) for source, heads in found.items()} == dict(TOUCHES.on(AFTER.date()).value)


def test_the_sittings_of_an_assessor_are_found_by_index(stage: Stage) -> None:
    """按考评人员找场次（机构写明的、派遣的）都走索引，不逐场看。"""
    person = stage.sittings()[0].invigilators[0]["number"]
    found = served_in([person], [person_named(person).pk], None)
    with connection.cursor() as cursor:
        # of a handful of rows any way is as good: only one by a condition is left, and an index of JSON knows no other
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    plan = found.order_by().explain()
    assert found.exists() and "sittings_by_invigilator" in plan and "Seq Scan on exams_sitting" not in plan


def test_from_a_certificate(stage: Stage) -> None:
    """从一本证书查到：同场次的另两本、同一考评组的其他场次（没有）、同一单位集体报名的另两人；机构以外的看不见。"""
    number = of_plan(stage.plan.number).order_by("number")[0].number
    found = counts(Source.CERTIFICATE, number, stage)
    assert found == {"同场次的其他证书": 2, "同一考评组评过的场次": 0, "同一批证书数据": 0, "同一单位集体报名的考生": 2, "以该证书为条件的证书": 0}
    beside = touched(Source.CERTIFICATE, number, stage.cast.body_a, AFTER)[0]
    assert number not in {line[0] for line in beside.every()} and len(beside.first(1)) == 1
    assert counts(Source.CERTIFICATE, number, stage, own=False)["同场次的其他证书"] == 2
    other = {one.head: one.count() for one in touched(Source.CERTIFICATE, number, stage.cast.body_b, AFTER)}
    assert set(other.values()) == {0}, "别的机构什么也看不见"


def test_from_a_question(cast: Cast) -> None:
    """从一道试题查到：为这个计划组的试卷、用它的理论场次、分数在合格线上下该题分值以内的两人；没有用过这道题的机构什么也看不见。"""
    stage = Stage(cast).reviewed().with_sittings().arranged()
    stand = stand_up(cast)
    structured()
    stocked(stand, stand.city)
    _open_questions(stand)
    paper = city_paper(stand, stage.plan)
    stage.held().scored(("62", "85"), ("58", "85"), ("90", "85"))
    question = items_of(paper)[0].question.number
    found = counts(Source.QUESTION, question, stage)
    assert found["用过该题的试卷"] >= 1 and found["使用这些试卷的场次"] == 1 and found["这些场次中该题影响结论的考生"] == 2
    (line,) = touched(Source.QUESTION, question, cast.body_a, AFTER)[1].every()
    assert line[0] == stage.sittings()[0].number
    assert {one.count() for one in touched(Source.QUESTION, question, cast.body_b, AFTER)} == {0}
    made = acts.begin_tracing(body=cast.body_a, source=Source.QUESTION, reference=question, reason="答案有误", by=cast.sun, at=AFTER)
    assert question in made.told


def test_from_an_assessor(stage: Stage) -> None:
    """从一名考评员查到他评过的场次、这些场次的证书、与他同单位的考生、同组的人。"""
    practical = stage.sittings()[1]
    number = practical.invigilators[0]["number"]
    found = counts(Source.ASSESSOR, number, stage)
    assert found["该人员评过的场次"] == 1 and found["这些场次的成绩和证书"] == 3 and found["同组的考评人员"] == len(practical.invigilators) - 1


def test_from_a_camera_gap(cast: Cast) -> None:
    """从一段缺口查到当时的场次、在场的考生和工作人员、他们的证书、同一设备的其他缺口。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().opened()
    camera(stage)
    note_silent_cameras(NINE)
    gap = CameraGap.objects.get()
    stage.held_open().scored().announced().confirmed().certified()
    found = counts(Source.CAMERA_GAP, gap.number, stage)
    people = 3 + len(theory(stage).invigilators) + 1
    assert found == {"缺口时段内的场次、考场": 1, "当时在场的考生和工作人员": people, "这些考生的证书": 3, "同一设备的其他缺口": 0}


def test_a_tracing_is_finished_when_all_is_looked_into_and_somebody_answers(stage: Stage) -> None:
    """孙景明逐项填写，登记责任人；漏一项、没有责任结论都不能完成；由机构负责人完成。"""
    cast, found = stage.cast, begun(stage)
    heads = [one.head for one in touched(Source.CERTIFICATE, found.reference, cast.body_a, AFTER)]
    for head in heads[:-1]:
        acts.note_head(number=found.number, head=head, words="逐一核对，没有同样的问题", by=cast.sun, at=AFTER)
    early = [
        ("漏一项", lambda: acts.finish_tracing(number=found.number, nobody_because="", by=cast.qian, at=AFTER), "还没有回溯"),
        ("不是负责人", lambda: acts.finish_tracing(number=found.number, nobody_because="", by=cast.sun, at=AFTER), "负责人"),
        ("没有的范围", lambda: acts.note_head(number=found.number, head="别的", words="x", by=cast.sun, at=AFTER), "没有这一项"),
        ("没有结果", lambda: acts.note_head(number=found.number, head=heads[-1], words=" ", by=cast.sun, at=AFTER), "结果"),
        ("别的机构", lambda: acts.note_head(number=found.number, head=heads[-1], words="x", by=cast.shi, at=AFTER), "本机构"),
    ]
    all_refused_and_nothing_changed(early, "inspections")
    acts.note_head(number=found.number, head=heads[-1], words="没有", by=cast.sun, at=AFTER)
    nobody = [("没有责任结论", lambda: acts.finish_tracing(number=found.number, nobody_because="", by=cast.qian, at=AFTER), "责任追究")]
    all_refused_and_nothing_changed(nobody, "inspections")
    acts.hold_to_account(number=found.number, name="钱某", post="资格审核", handling="调离岗位", by=cast.sun, at=AFTER)
    done = acts.finish_tracing(number=found.number, nobody_because="", by=cast.qian, at=AFTER)
    assert done.state == TracingState.FINISHED and "追究1人" in done.findings[-1]["reason"]
    assert {one.head: one.count for one in queries.heads_of(done).values()} == counts(Source.CERTIFICATE, found.reference, stage)


def test_an_office_asks_and_is_told(stage: Stage) -> None:
    """王怀瑾要求回溯，十个工作日；过期一次报给他；写明无人有责的理由也可以完成，他收到抄送。"""
    cast = stage.cast
    number = of_plan(stage.plan.number).order_by("number")[0].number
    asked = acts.ask_tracing(body=cast.body_a, source=Source.CERTIFICATE, reference=number, reason="举报", by=cast.wang, at=AFTER)
    assert (asked.due_on, asked.state) == (date(2026, 4, 22), TracingState.ASKED)
    assert waiting_for(cast.sun).filter(case=asked.number).exists()
    late = moment(date(2026, 4, 23), 8)
    assert [note_late_tracings(late + timedelta(minutes=n)) for n in (0, 1)] == [1, 0]
    assert waiting_for(cast.wang).filter(case=asked.number).exists()
    for one in touched(Source.CERTIFICATE, number, cast.body_a, late):
        acts.note_head(number=asked.number, head=one.head, words="没有", by=cast.qian, at=late)
    acts.finish_tracing(number=asked.number, nobody_because="证明由劳务公司出具，已报案", by=cast.qian, at=late)
    assert copies_to(cast.wang).filter(case=asked.number).exists() and not waiting_for(cast.wang).filter(case=asked.number).exists()


def test_what_must_not_be(stage: Stage) -> None:
    """别的机构的证书、没有的编号、没有问题说明、同一个问题两次，都不行；别的区、别的机构不能要求、看不见。"""
    cast = stage.cast
    number = of_plan(stage.plan.number).order_by("number")[0].number

    def begin(body=cast.body_a, reference=number, reason="问题", by=cast.sun, source=Source.CERTIFICATE):
        return lambda: acts.begin_tracing(body=body, source=source, reference=reference, reason=reason, by=by, at=AFTER)

    def ask(by):
        return lambda: acts.ask_tracing(body=cast.body_a, source=Source.CERTIFICATE, reference=number, reason="问题", by=by, at=AFTER)

    attempts = [
        ("别的机构的证书", begin(body=cast.body_b, by=cast.shi), "没有找到"),
        ("没有的证书", begin(reference="Y000000000000"), "没有找到"),
        ("没有的试题", begin(reference="ST1", source=Source.QUESTION), "没有找到"),
        ("没有的缺口", begin(reference="ZD1", source=Source.CAMERA_GAP), "没有找到"),
        ("没有的人", begin(reference="P1", source=Source.ASSESSOR), "没有找到"),
        ("没有说明", begin(reason=" "), "发现了什么"),
        ("别的机构的人", begin(by=cast.shi), "本机构"),
        ("别的区要求", ask(cast.du), "监管职责"),
        ("机构要求", ask(cast.lin), "质量督导员"),
    ]
    all_refused_and_nothing_changed(attempts, "inspections")
    begin()()
    all_refused_and_nothing_changed([("再来一次", begin(), "正在回溯")], "inspections")
    seen = {who: queries.tracings(getattr(cast, who)).count() for who in ("sun", "wang", "han", "du", "shi", "jiang")}
    assert seen == {"sun": 1, "wang": 1, "han": 1, "du": 0, "shi": 0, "jiang": 0}
    assert AFTER.date() > EXAM_ON
