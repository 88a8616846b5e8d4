"""考核与分级页面: who gets in by which door, what does the body see and when, and do the pages ask the database a steady number of questions?"""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.exams.test_pages import enter
from tests.grading.stage import GOOD, GRADED, PUBLISHED, Stage
from tests.grading.test_terms import opened as term_opened
from touchstone.enforcement.facts.origins import found_at
from touchstone.enforcement.operations import Charge, begin_case
from touchstone.filings.queries.supervised import supervised
from touchstone.grading.models import Assessment, GradeLine

LISTS = ("grades", "assessments", "term_evaluations", "watched_sittings")


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give a year in which body 甲 was assessed by both, and grades that are computed."""
    return Stage(cast).scored(GOOD).looked_at().computed()


def test_who_opens_lists_and_cases(stage: Stage) -> None:
    """本区和市级的能看；别的区看不见别人的；行业和机构进不了工作页；未登录的先登录。"""
    who_tries = ("wang", "han", "shen", "du", "jiang", "lin")
    opened = {who: {enter(who).get(reverse(f"authority:{one}")).status_code for one in LISTS} for who in who_tries}
    assert opened == {"wang": {200}, "han": {200}, "shen": {200}, "du": {200}, "jiang": {403}, "lin": {403}}
    cases = [reverse("authority:assessment", args=[stage.own.number]), reverse("authority:grade_line", args=[stage.line.number])]
    opened = {who: {enter(who).get(one).status_code for one in cases} for who in ("wang", "tao", "han", "du", "lv")}
    assert opened == {"wang": {200}, "tao": {200}, "han": {200}, "du": {403}, "lv": {403}}
    assert all(Client().get(one)["Location"].startswith("/login") for one in (*cases, reverse("body:standing")))


def test_the_body_sees_its_result_once_told(stage: Stage) -> None:
    """告知以前看不见评分；确认以前看不见等级；别家看不见。"""
    lin, page = enter("lin"), reverse("body:assessment", args=[stage.own.number])
    said = lin.get(page).content.decode()
    assert "自评综述" in said and "材料属实" not in said and "初评（" not in said
    assert lin.get(reverse("body:grade_line", args=[stage.line.number])).status_code == 403
    assert enter("shi").get(page).status_code == 403
    assert "没有定级，按未定级管理" in lin.get(reverse("body:standing")).content.decode()
    stage.graded()
    said = lin.get(reverse("body:standing")).content.decode()
    assert "本机构是B级，因为" in said and "新备案机构，先按此管理。" in said and "一批最多2000行" in said
    assert "为止，已经过期" in lin.get(reverse("body:grade_line", args=[stage.line.number])).content.decode()


def test_the_public_reads_grades_and_results(cast: Cast) -> None:
    """没有结果的时候说明；公布以后写明等次、得分、指标、权重和提升办法；能按名称查，抽取记录能下载。"""
    visitor = Client()
    assert "还没有定级" in visitor.get(reverse("public:grades")).content.decode()
    assert "还没有公布的结果" in visitor.get(reverse("public:assessment_results")).content.decode()
    stage = Stage(cast).published(GOOD).graded()
    said = visitor.get(reverse("public:grades"), {"q": "甲辰"}).content.decode()
    assert cast.body_a.name in said and "年度考核得分：年度考核80.0分，20.0/25分" in said and "B级不低于75分" in said
    said = visitor.get(reverse("public:assessment_results")).content.decode()
    assert cast.body_a.name in said and "良好" in said
    assert visitor.get(reverse("public:assessment_sample_file", args=[stage.round.number])).json()["chosen"]
    assert "B级" in visitor.get(reverse("public:register_body", args=[cast.body_a.number])).content.decode()


def test_two_failed_years_lead_to_a_case_and_back(cast: Cast) -> None:
    """连续两年不合格的考核页可以登记案件，案件页指回考核；机构看不到登记的入口。"""
    number = Stage(cast, more=0).failed_twice().own.number
    page, wang = reverse("authority:assessment", args=[number]), enter("wang")
    new = f"{reverse('authority:case_new')}?from=assessment:{number}"
    assert new in wang.get(page).content.decode() and new not in enter("lin").get(reverse("body:assessment", args=[number])).content.decode()
    said = wang.get(new).content.decode()
    assert cast.body_a.name in said and "年度考核连续不合格" in said
    assert f'value="{PUBLISHED.date()}"' in said, "日期按浏览器认得的写法带入"
    found = found_at(f"assessment:{number}", cast.wang)[2]
    charge = Charge({"two_failed_years": found.found_on}, found.facts, found.found_on)
    case = begin_case(body=found.body, charge=charge, source=f"assessment:{number}", by=cast.wang, at=PUBLISHED)
    assert case.number in wang.get(page).content.decode()
    assert page in wang.get(reverse("authority:case", args=[case.number])).content.decode()


def test_many_at_once_have_an_outcome_each(cast: Cast) -> None:
    """批量办理逐件给出结果：能办的办成，不能办的说明原因。"""
    stage = Stage(cast).scored(GOOD).looked_at().computed()
    keys = [str(one.pk) for one in Assessment.objects.all()]
    said = enter("han").post(reverse("authority:assessments_batch"), {"action": "tell", "row": keys}).content.decode()
    assert "共3件，办成1件" in said and "不能告知拟定结果" in said
    rows = [str(one.pk) for one in GradeLine.objects.filter(run=stage.run)]
    assert "共3件，办成3件" in enter("wang").post(reverse("authority:grades_batch"), {"action": "review", "row": rows}).content.decode()
    assert "共3件，办成3件" in enter("han").post(reverse("authority:grades_batch"), {"action": "confirm", "row": rows}).content.decode()
    assert enter("han").post(reverse("authority:grades_batch"), {"action": "x"}).status_code == 302


def test_what_is_wrong_is_said_in_the_form(cast: Cast) -> None:
    """没有填完的自评可以保存，不能提交；超过满分的说明；输入都保留。"""
    stage = Stage(cast, more=0).opened()
    lin, page = enter("lin"), reverse("body:assessment", args=[stage.own.number])
    assert "已保存" in lin.post(page, {"act": "save", "points_papers": "3", "summary": "起草中"}, follow=True).content.decode()
    assert stage.own.report == {"papers": {"points": 3.0, "words": ""}}
    said = lin.post(page, {"act": "submit", "points_papers": "11", "summary": "起草中"}).content.decode()
    assert "还有需要改正的地方" in said and "起草中" in said
    assert "不能接收" in lin.post(page, {"act": "proof", "heading": "papers", "files": _file_named("a.exe")}, follow=True).content.decode()
    assert "已上传" in lin.post(page, {"act": "proof", "heading": "papers", "files": _file_named("a.pdf")}, follow=True).content.decode()


def _file_named(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 x")


def test_pages_ask_a_steady_number_of_questions(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单和公布页的查询次数不随机构数增长。"""
    stage = Stage(cast, more=24).published(GOOD).graded()
    han, visitor, lin = enter("han"), Client(), enter("lin")
    for name in LISTS:
        with django_assert_max_num_queries(40):
            assert han.get(reverse(f"authority:{name}")).status_code == 200
    for path in (reverse("authority:assessment", args=[stage.own.number]), reverse("authority:grade_run", args=[stage.run.number])):
        with django_assert_max_num_queries(40):
            assert han.get(path).status_code == 200
    with django_assert_max_num_queries(35):
        assert lin.get(reverse("body:standing")).status_code == 200
    for name in ("grades", "assessment_results"):
        with django_assert_max_num_queries(15):
            assert visitor.get(reverse(f"public:{name}")).status_code == 200
    for name in ("grades", "assessments"):
        assert han.get(reverse(f"authority:{name}"), {"export": "csv"}).status_code == 200


def test_the_supervised_sittings_are_handed_out(cast: Cast) -> None:
    """到场督导按查询导出，一家一行：市里有全部，区里只有本区监管的，按名称查只有查到的。"""
    Stage(cast, more=3).graded()

    def lines(who: str, **asked: str) -> list[list[str]]:
        sent = enter(who).get(reverse("authority:watched_sittings"), {"export": "csv", **asked})
        return list(csv.reader(b"".join(sent.streaming_content).decode("utf-8-sig").splitlines()))  # type: ignore[attr-defined]

    head, *city = lines("han")
    assert head == ["机构编号", "评价机构", "等级", "场次", "到场", "核对", "说明"]
    filed = {one.body.name for one in supervised(cast.han, GRADED.date())}
    assert {line[1] for line in city} == filed and len(city) == len(filed) > 3
    assert [line[1] for line in lines("han", q="甲辰")[1:]] == [cast.body_a.name]
    assert cast.body_a.name not in {line[1] for line in lines("du")[1:]}
    book = enter("han").get(reverse("authority:watched_sittings"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None and sheet.max_row == len(city) + 1


def test_an_expiry_evaluation_has_its_page(cast: Cast) -> None:
    """评估的依据、核对和结论；提出意见的人不能作结论；机构看得到结论。"""
    found = term_opened(cast)
    page = reverse("authority:term_evaluation", args=[found.number])
    wang, wu = enter("wang"), enter("wu")
    assert "备案期内没有核发证书" in wang.get(page).content.decode()
    assert "评估意见已登记" in wang.post(page, {"act": "opine", "words": "条件保持。"}, follow=True).content.decode()
    assert "没有写明理由" in wu.post(page, {"act": "decide", "passed": "yes"}, follow=True).content.decode()
    assert "结论已登记" in wu.post(page, {"act": "decide", "passed": "yes", "words": "转产"}, follow=True).content.decode()
    said = enter("lin").get(reverse("body:term_evaluation", args=[found.number])).content.decode()
    assert "合格" in said and "条件保持" not in said
