"""试卷页面: who gets which page of a blueprint or paper, what does a district see, and do lists stay cheap?"""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from typing import cast as typed

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage
from tests.questions.conftest import Stand, stand, stand_up  # noqa: F401
from tests.questions.papers import composed, laid_down, stocked, structured
from tests.questions.test_figures import reckon, use, workbook
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Plan
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import mark_synthetic
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.questions import operations
from touchstone.questions.models import Blueprint, Paper, Question
from touchstone.web.papers.paper import SealForm
from touchstone.web.papers.plans import plan_choices

EVERYONE = ("yun", "ruan", "jin", "gu", "lin", "ji", "shao", "wang", "wu", "du", "zhu")


@pytest.fixture
def paper(stand: Stand) -> Paper:  # noqa: F811
    """Give a sealed paper of body 丙."""
    structured()
    stocked(stand)
    found = composed(stand, laid_down(stand), forms=1)
    holders = [stand.yun.user_id or 0, stand.ruan.user_id or 0]
    return operations.seal_paper(number=found.number, holders=holders, opens_at=stand.at + timedelta(days=1), by=stand.yun, at=stand.at)


def may_open(username: str, page: str, *args: str) -> bool:
    """Say whether somebody's side gives the page."""
    answers = {client(username).get(reverse(f"{side}:{page}", args=args)).status_code for side in ("body", "authority")}
    assert answers <= {200, 403}, answers
    return 200 in answers


WHO_OPENS = {
    "papers": set(EVERYONE) - {"zhu"},
    "blueprints": set(EVERYONE) - {"zhu"},
    "paper": {"yun", "ruan", "jin", "gu", "ji", "shao", "wang", "wu"},
    "blueprint": {"yun", "ruan", "jin", "gu", "ji", "shao", "wang", "wu"},
    "paper_seal": {"yun"},
    "paper_share": {"yun", "ruan"},
    "paper_open": {"yun", "ruan"},
}


@pytest.mark.parametrize("page", WHO_OPENS)
def test_who_opens_which_page(paper: Paper, page: str) -> None:
    """本机构的人看得到试卷，题库管理员封存，两名保管人领取和启封；市中心和所在区看得到有这份试卷；别的机构、别的区都打不开；未登录去登录。"""
    number = {"paper": paper.number, "blueprint": paper.blueprint.number}.get(page.split("_", maxsplit=1)[0], "")
    args = [number] if page not in {"papers", "blueprints"} else []
    assert {name for name in EVERYONE if may_open(name, page, *args)} == WHO_OPENS[page]
    for side in ("body", "authority"):
        assert "/login" in Client(headers={"host": "127.0.0.1"}).get(reverse(f"{side}:{page}", args=args))["Location"]


def test_a_district_sees_that_a_paper_is_there_and_not_its_questions(paper: Paper) -> None:
    """区看得到状态、套数和题数分配，看不到是哪些试题；使用以前，命题人和审题人也看不到，更不能下载素材重算；管理员和保管员看得到编号。"""
    number = paper.forms.get().items.first().question.number  # type: ignore[union-attr]
    district = client("wang").get(reverse("authority:paper", args=[paper.number])).content.decode()
    assert "已封存" in district
    assert "职业道德" in district
    assert number not in district
    for name, sees in (("yun", True), ("ruan", True), ("jin", False), ("kong", False)):
        assert (number in client(name).get(reverse("body:paper", args=[paper.number])).content.decode()) is sees, name
        assert client(name).get(reverse("body:paper_material_file", args=[paper.number])).status_code == (200 if sees else 403), name


def test_a_stranger_cannot_print_or_take_a_share(paper: Paper) -> None:
    """封存中谁也打印不了；非保管人领不到份额。"""
    url = reverse("body:paper_form_file", args=[paper.number, "A", "paper"])
    answer = client("yun").get(url)
    assert answer.status_code == 409
    assert "没有启封" in answer.content.decode()
    assert client("jin").post(reverse("body:paper_share", args=[paper.number])).status_code == 403
    assert client("lin").get(url).status_code == 403


def test_lists_cost_the_same_for_one_row_and_for_many(paper: Paper) -> None:
    """列表每页查询次数不随行数增加。"""
    someone = client("yun")
    counts = {}
    for round_ in range(2):
        for page in ("papers", "blueprints"):
            with CaptureQueriesContext(connection) as found:
                assert someone.get(reverse(f"body:{page}")).status_code == 200
            counts[page, round_] = len(found)
        for place in range(5):
            Blueprint.objects.create(
                number=f"MX9{round_}{place}", bank=paper.bank, standard=paper.blueprint.standard, level=5, part="theory", title="另一份",
                terms=paper.blueprint.terms, made_at=paper.composed_at,
            )  # fmt: skip
            Paper.objects.create(
                number=f"SJ9{round_}{place}", blueprint=paper.blueprint, bank=paper.bank, forms_asked=1, seed="0", composed_at=paper.composed_at
            )  # fmt: skip
    for page in ("papers", "blueprints"):
        assert counts[page, 1] <= counts[page, 0]


def test_the_right_option_is_ticked_only_for_who_may_know_it(stand: Stand) -> None:  # noqa: F811
    """统计页：绝密试题入库以后，命题人看得到各选项的比例，看不到哪个是答案；管理员看得到。导出的表也一样。"""
    structured()
    stocked(stand)
    used = use(stand)
    reckon(stand, used, workbook(used, 5, lambda person, place: person > 2))
    Question.objects.update(secrecy=3)
    where, number = reverse("body:paper_figures", args=[used.number]), used.forms.get().items.all()[0].question.number
    for name, ticks in (("yun", True), ("jin", False)):
        for page in (where, f"{where}?export=csv", reverse("body:question_figures", args=[number])):
            answer = client(name).get(page)
            said = b"".join(answer).decode()
            assert "%" in said
            assert ("✓" in said) is ticks, (name, page)


def test_the_centre_composes_seals_and_opens_through_its_own_pages(db: None) -> None:
    """市职鉴中心：题库管理员组卷、封存，与试卷保管员各领一份，早启被拒，到时启封，打印；机构的人进不来。"""
    mark_synthetic(seed=1)
    stand = stand_up(set_up())  # noqa: F811
    travel_to(stand.at)
    structured()
    blueprint, hour = laid_down(stand, stocked(stand, stand.city)), stand.at + timedelta(days=1)
    keeper, holder = client("ji"), client("shao")
    assert keeper.post(reverse("authority:paper_new"), {"blueprint": blueprint.number, "forms_asked": 1}).status_code == 302
    number = Paper.objects.get().number
    operations.compose_paper(number=number, by=PLATFORM, at=stand.at)

    def at(page: str, *more: str) -> str:
        return reverse(f"authority:{page}", args=[number, *more])

    assert "封存" in keeper.get(at("paper")).content.decode()
    able = {one.user.pk for one in operations.holders_eligible(Paper.objects.get(), stand.at)}
    assert able == {stand.ji.user_id, stand.shao.user_id}
    seal = {"holder_1": str(stand.ji.user_id), "holder_2": str(stand.shao.user_id), "opens_on": f"{hour:%Y-%m-%d}", "opens_at": f"{hour:%H:%M}"}
    assert holder.post(at("paper_seal"), seal).status_code == 403
    assert keeper.post(at("paper_seal"), seal).status_code == 302
    shares = {who: who.post(at("paper_share")).context["share"] for who in (keeper, holder)}
    assert all(len(one) == 71 for one in shares.values())
    assert "还不能启封" in keeper.post(at("paper_open"), {"share": shares[keeper]}).content.decode()
    travel_to(hour + timedelta(minutes=1))
    for who, share in shares.items():
        assert who.post(at("paper_open"), {"share": share}).status_code == 302
    assert b"".join(holder.get(at("paper_form_file", "A", "paper"))).startswith(b"%PDF")
    for name in ("yun", "gu"):
        assert client(name).get(reverse("body:paper_form_file", args=[number, "A", "paper"])).status_code == 403


def test_the_page_asks_for_as_many_holders_as_are_laid_down(stand: Stand) -> None:  # noqa: F811
    """市里把保管人数改为三人：封存页跟着要三人，只有两人的单位说明还差；两人封存被拒。"""
    structured()
    stocked(stand)
    paper = composed(stand, laid_down(stand), forms=1)
    day = stand.at.date() + timedelta(days=1)
    given = {"key": "questions.key_holders", "value": 3, "since": day, "reason": "加强保密"}
    version = propose_value(by=stand.shen, at=stand.at, **given)  # type: ignore[arg-type]
    answer_proposal(version_id=version.pk, approve=True, answer="同意", by=stand.han, at=stand.at)
    assert "不足3人" in client("yun").get(reverse("body:paper_seal", args=[paper.number])).content.decode()
    holders, later = [stand.yun.user_id or 0, stand.ruan.user_id or 0], stand.at + timedelta(days=1)
    with pytest.raises(Refusal) as caught:
        operations.seal_paper(number=paper.number, holders=holders, opens_at=later + timedelta(days=1), by=stand.yun, at=later)
    assert "应由3名" in "".join(caught.value.details)
    form = SealForm(holders=[("1", "甲"), ("2", "乙"), ("3", "丙")], needed=3, again=False)
    assert [form.fields[name].label for name in form.places] == ["保管人甲", "保管人乙", "保管人丙"]


def test_a_paper_is_chosen_for_a_plan_that_is_under_way(cast: Cast) -> None:
    """供选的计划写明名称和考试日期，先考的在前；已经公示成绩、发证或者取消的不列，别的机构的不列。"""
    stage = Stage(cast)
    plan = stage.plan

    def beside(day: int, state: str) -> str:
        other = Plan.objects.get(pk=plan.pk)
        other.pk, other.number, other.exam_on, other.state = None, f"JH20269{day:04d}", plan.exam_on + timedelta(days=day), state
        other.save()
        return other.number

    sooner, later = beside(-3, "arranged"), beside(4, "drafted")
    for day, state in enumerate(("announced", "confirmed", "certified", "cancelled"), 10):
        beside(day, state)
    offered = plan_choices(typed(Any, SimpleNamespace(actor=cast.sun)))
    assert [number for number, _ in offered] == [sooner, plan.number, later]
    assert plan.title in offered[1][1] and f"{plan.exam_on.month}月{plan.exam_on.day}日" in offered[1][1]
    assert plan_choices(typed(Any, SimpleNamespace(actor=cast.shi))) == []
