"""双随机页面: who gets in by which door, what does the public see and when, and do the pages ask the database a steady number of questions?"""

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.test_pages import enter
from tests.inspections.stage import Stage, filed_body
from touchstone.accounts.models import Person
from touchstone.inspections.models import Draw, Recusal, Task
from touchstone.inspections.operations import discard_draw
from touchstone.inspections.states import DrawState
from touchstone.policy.inspections import Ground
from touchstone.trust.draw_records import draw_again

OPEN = ("inspection_items", "inspection_plans", "inspection_draws")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a district with a plan and a frozen draw."""
    return Stage(cast).frozen()


def test_who_opens_plans_and_draws(stage: Stage) -> None:
    """本区和市级的能看；别的区、行业、机构看不见，未登录的先登录。"""
    paths = [reverse("authority:inspection_plan", args=[stage.plan.number]), reverse("authority:inspection_draw", args=[stage.draw.number])]
    opened = {who: {enter(who).get(path).status_code for path in paths} for who in ("wang", "wu", "han", "shen", "du", "jiang", "lin")}
    assert opened == {"wang": {200}, "wu": {200}, "han": {200}, "shen": {200}, "du": {403}, "jiang": {403}, "lin": {403}}
    assert all(Client().get(path)["Location"].startswith("/login") for path in paths)
    announce = reverse("authority:inspection_announce", args=[stage.draw.number])
    assert [enter(who).get(announce).status_code for who in ("wang", "wu", "han", "du")] == [200, 403, 403, 403]
    assert enter("wu").get(reverse("authority:inspection_visits")).status_code == 403
    assert enter("jiang").get(reverse("authority:inspection_recusals")).status_code == 200


def test_the_public_sees_a_draw_from_its_announcement_on(cast: Cast) -> None:
    """冻结的名单公众看不见；公告以后看见指纹和来源；揭晓以后下载的记录能重新抽取。"""
    stage, visitor = Stage(cast).frozen(), Client()
    path, record = (reverse(f"public:{name}", args=[stage.draw.number]) for name in ("inspection_draw", "inspection_record_file"))
    assert (visitor.get(path).status_code, visitor.get(record).status_code) == (404, 404)
    assert all(visitor.get(reverse(f"public:{name}")).status_code == 200 for name in OPEN)
    assert visitor.get(reverse("public:inspection_plan", args=[stage.plan.number])).status_code == 200
    discard_draw(number=stage.draw.number, reason="改期", by=cast.wang, at=cast.at)
    said = visitor.get(path).content.decode()
    assert "改期" in said and "指纹" not in said, "没有公告就作废的，公开编号和理由"
    stage.revealed()
    path, record = (reverse(f"public:{name}", args=[stage.draw.number]) for name in ("inspection_draw", "inspection_record_file"))
    said = visitor.get(path).content.decode()
    assert "双色球 2026-03-10" in said and "touchstone draw verify" in said and stage.draw.announcement["roster_root"] in said
    assert draw_again(json.loads(visitor.get(record).content))["differs"] == []
    assert visitor.post(path).status_code == 405


def test_results_are_linked_once_there_are_any(cast: Cast) -> None:
    """没有结果的时候不链接结果页；公布以后出现，并能按机构名称查到。"""
    stage, visitor, page = Stage(cast), Client(), reverse("public:inspection_results")
    assert page not in visitor.get(reverse("public:inspection_items")).content.decode()
    task = stage.visited()
    assert page in visitor.get(reverse("public:inspection_items")).content.decode()
    said = visitor.get(page, {"q": task.body.name[2:6]}).content.decode()
    assert task.body.name in said and "未发现问题" in said
    assert "没有查到" in visitor.get(page, {"q": "不存在"}).content.decode()


def test_pages_ask_a_steady_number_of_questions(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单、计划、抽取和公示页的查询次数不随机构数增长。"""
    stage = Stage(cast, bodies=24).drawn()
    wang, visitor = enter("wang"), Client()
    for name, query in (("inspection_plans", ""), ("inspection_plans", "?year=2026&state=approved"), ("inspection_draws", "?export=csv")):
        with django_assert_max_num_queries(30):
            assert wang.get(reverse(f"authority:{name}") + query).status_code == 200
    for name, number in (("inspection_plan", stage.plan.number), ("inspection_draw", stage.draw.number)):
        with django_assert_max_num_queries(40):
            assert wang.get(reverse(f"authority:{name}", args=[number])).status_code == 200
        with django_assert_max_num_queries(20):
            assert visitor.get(reverse(f"public:{name}", args=[number])).status_code == 200
    hidden = Task.objects.select_related("body").first()
    assert hidden is not None
    assert "揭晓" in visitor.get(reverse("public:inspection_draw", args=[stage.draw.number])).content.decode()


def test_what_is_sent_wrong_is_answered_with_a_sentence(stage: Stage) -> None:
    """没有日期、没有来源、没有号码、没有编号的提交，都说明原因，不出错。"""
    wang, wu = enter("wang"), enter("wu")
    plan, draw = reverse("authority:inspection_plan", args=[stage.plan.number]), reverse("authority:inspection_draw", args=[stage.draw.number])
    assert "请填写检查开始日" in wang.post(plan, {"act": "draw", "visits_from": "x"}, follow=True).content.decode()
    said = wang.post(reverse("authority:inspection_announce", args=[stage.draw.number]), {"sure": "on"}).content.decode()
    assert "没有写明公共随机数的来源" in said
    assert "请勾选" in wang.post(reverse("authority:inspection_announce", args=[stage.draw.number]), {}).content.decode()
    assert wang.get(reverse("authority:inspection_chance", args=[stage.draw.number, "enter"])).status_code == 302
    assert "理由" in wang.post(draw, {"act": "discard", "words": " "}, follow=True).content.decode()
    assert "请填写重抽" in wu.post(draw, {"act": "redraw"}, follow=True).content.decode()
    assert wang.post(draw, {"act": "freeze"}).status_code == 302
    recusals = reverse("authority:inspection_recusals")
    assert "没有编号" in wang.post(recusals, {"act": "declare", "body": "X", "ground": "declared"}).content.decode()
    assert "已经解除" in wu.post(recusals, {"act": "end", "key": "x"}, follow=True).content.decode()
    assert wang.get(reverse("authority:inspection_visit", args=["RW1"])).status_code == 403
    assert Draw.objects.get(number=stage.draw.number).state == DrawState.FROZEN


def test_recusals_are_searched_and_leafed_through(stage: Stage) -> None:
    """本单位的回避按检查人员、机构名称或编号查询，每页二十项，一项不漏；别的区看不到。"""
    page, wang = reverse("authority:inspection_recusals"), stage.cast.wang
    person = Person.objects.get(name=wang.person_name)
    bodies = [stage.cast.body_a, *(filed_body(n, stage.cast.at) for n in range(60, 81))]
    for one in bodies:
        Recusal.objects.create(person=person, office_id=wang.office_id, body=one, ground=Ground.DECLARED, declared_at=stage.cast.at)
    client = enter("wang")
    first, second = (client.get(page, {"page": f"{n}"}).content.decode() for n in (1, 2))
    assert "共22项" in first
    assert all((one.name in first) != (one.name in second) for one in bodies)
    for asked in ("甲辰", stage.cast.body_a.number, wang.person_name):
        assert stage.cast.body_a.name in "".join(client.get(page, {"q": asked, "page": f"{n}"}).content.decode() for n in (1, 2))
    assert bodies[1].name not in client.get(page, {"q": "甲辰"}).content.decode()
    assert "没有查到" in client.get(page, {"q": "查无此人"}).content.decode()
    assert stage.cast.body_a.name not in enter("du").get(page).content.decode()
