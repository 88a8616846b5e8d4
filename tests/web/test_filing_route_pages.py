"""各路线办理页: do the pages of first opinion, panel, return to a step and added opinions open to whom they should, and carry the case on?"""

from collections.abc import Mapping

import pytest
from django.urls import reverse

from tests.cast import START
from tests.filings.conftest import on_route  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.accounts.queries import office, user_named
from touchstone.filings import operations, queries
from touchstone.filings.models import Filing
from touchstone.simulation.cast import actor_of
from touchstone.tasks.models import Task
from touchstone.tasks.queries import copies_to

WHO_OPENS = {
    # 页面, 环节: 打得开的人
    ("authority:filing_first_opinion", "concluded"): {"wu"},
    ("authority:filing_panel", "opined"): {"tao", "han"},
    ("authority:filing_review", "panelled"): {"ge", "mo", "bai"},
    ("authority:filing_panel", "panelled"): {"tao", "han"},
    ("authority:filing_panel_conclude", "panelled"): {"tao"},
    ("authority:filing_return_to_step", "opined"): {"tao", "han"},
    ("authority:filing_return_to_step", "concluded"): {"zhou", "wu"},
    ("authority:filing_ask", "concluded"): {"zhou", "wu"},
}
EVERYONE = ("fan", "lin", "lu", "zhou", "wu", "zheng", "lv", "tao", "han", "ge", "mo", "bai", "ji", "hua", "xu", "zhu")


@pytest.mark.parametrize(("view", "stage"), list(WHO_OPENS), ids=[f"{view} {stage}" for view, stage in WHO_OPENS])
def test_who_opens_which_page(view, stage, on_route):  # noqa: F811
    """别的岗位、别的区、别的机构打不开，看到一句话说明原因；没登录的去登录页。"""
    address = reverse(view, args=[on_route("school", stage)])
    answers = {who: client(who).get(address) for who in EVERYONE}
    assert {who for who, answer in answers.items() if answer.status_code == 200} == WHO_OPENS[view, stage]
    refused = [answer for who, answer in answers.items() if who not in WHO_OPENS[view, stage]]
    assert {answer.status_code for answer in refused} == {403}
    assert all(any(words in answer.content.decode() for words in ("当前身份", "没有找到")) for answer in refused)
    assert client("").get(address).status_code == 302


def _post(who: str, view: str, number: str, data: Mapping[str, object], *more: object):
    return client(who).post(reverse(view, args=[number, *more]), data)


def _person(username: str) -> int:
    user = user_named(username)
    assert user is not None and user.person_id is not None
    return user.person_id


def test_school_from_first_opinion_to_decision(on_route):  # noqa: F811
    """院校：区初审，中心选三名专家，声明后各自提出意见，交齐前互不可见，多数同意后送负责人。"""
    number = on_route("school", "concluded")
    assert _post("wu", "authority:filing_first_opinion", number, {"favourable": "yes", "opinion": "同意上报。"}).status_code == 302
    two = {"people": [_person("ge"), _person("mo")], "recusal": "无回避关系"}
    assert "应为不少于3人的单数" in _post("tao", "authority:filing_panel", number, two).content.decode()
    three = two | {"people": [_person("ge"), _person("mo"), _person("ji")]}
    assert _post("tao", "authority:filing_panel", number, three).status_code == 302
    panel = queries.latest_panel(Filing.objects.get(number=number))
    assert panel is not None
    seat = panel.members.get(expert_id=_person("ji"))
    replaced = {"member": seat.pk, "person": _person("bai"), "reason": "有合作关系"}
    assert _post("tao", "authority:filing_panel", number, replaced).status_code == 302
    assert client("ji").get(reverse("authority:filing_review", args=[number])).status_code == 403
    for who, verdict in (("ge", "yes"), ("mo", "no"), ("bai", "yes")):
        early = _post("tao", "authority:filing_panel_conclude", number, {})
        assert "名专家没有提交意见" in early.content.decode()
        assert "提交复核意见" not in client(who).get(reverse("authority:filing_review", args=[number])).content.decode()
        assert _post(who, "authority:filing_review", number, {"declared": "on"}).status_code == 302
        assert _post(who, "authority:filing_review", number, {"favourable": verdict, "opinion": f"{who}的意见"}).status_code == 302
        if who == "mo":
            assert "ge的意见" not in client("mo").get(reverse("authority:filing", args=[number])).content.decode()
    assert _post("tao", "authority:filing_panel_conclude", number, {}).status_code == 302
    shown = client("han").get(reverse("authority:filing_decision", args=[number])).content.decode()
    assert all(words in shown for words in ("同意上报。", "ge的意见", "mo的意见", "bai的意见"))


def test_case_waits_for_an_added_opinion_and_goes_back_a_step(on_route):  # noqa: F811
    """加签未答复时不能初审；被征询单位答复后可以；退回技术评估后重新指派。"""
    number = on_route("school", "concluded")
    whom = f"{office('HY-education').pk}|consent_officer"
    assert _post("wu", "authority:filing_ask", number, {"whom": whom, "question": "校内实训车间是否归学院管理"}).status_code == 302
    asked = Filing.objects.get(number=number).added_opinions.get()
    waits = _post("wu", "authority:filing_first_opinion", number, {"favourable": "yes", "opinion": "同意上报。"})
    assert waits.status_code == 200
    assert client("tao").get(reverse("authority:filing_answer", args=[number, asked.pk])).status_code == 403
    assert "答复加签" in client("lu").get(reverse("authority:filing", args=[number])).content.decode()
    assert _post("lu", "authority:filing_answer", number, {"answer": "归学院管理"}, asked.pk).status_code == 302
    assert "归学院管理" in client("wu").get(reverse("authority:filing", args=[number])).content.decode()
    assert _post("wu", "authority:filing_return_to_step", number, {"step": "decision", "reason": "x"}).status_code == 200
    assert _post("wu", "authority:filing_return_to_step", number, {"step": "technical_assessment", "reason": "评分依据不全"}).status_code == 302
    assert Filing.objects.get(number=number).step == "technical_assessment"
    assert "指派技术评估员" in client("zhou").get(reverse("authority:filing", args=[number])).content.decode()


def test_calling_back_and_urging(on_route):  # noqa: F811
    """撤回加签后本环节可以继续；不是征询单位的撤不回；申请等着谁就催谁。"""
    number = on_route("school", "concluded")
    whom = f"{office('HY-education').pk}|consent_officer"
    _post("wu", "authority:filing_ask", number, {"whom": whom, "question": "问"})
    asked = Filing.objects.get(number=number).added_opinions.get()
    _post("lu", "authority:filing_call_back", number, {}, asked.pk)
    asked.refresh_from_db()
    assert asked.called_back_at is None
    _post("wu", "authority:filing_urge", number, {})
    assert queries.timeline(Filing.objects.get(number=number))[-1]["what"]
    _post("wu", "authority:filing_call_back", number, {}, asked.pk)
    asked.refresh_from_db()
    assert asked.called_back_at is not None


@pytest.mark.parametrize(
    ("route", "who", "words"),
    [
        ("central_enterprise", "cui", ("在沪央企、市属国企备案", "徐汇区人力资源和社会保障局意见", "上海市装备制造行业主管部门意见")),
        ("school", "fan", ("院校备案", "三(一)3", "区人社局初审意见", "市职鉴中心专家复核意见")),
    ],
)
def test_printed_form_has_a_box_for_every_opinion_of_its_route(on_route, route, who, words):  # noqa: F811
    """申报表写明走哪条路线，路线上每个单位的意见各有一栏。"""
    from io import BytesIO

    from pypdf import PdfReader

    answer = client(who).get(reverse("body:filing_print", args=[on_route(route, "reviewed")]))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", "")
    assert [word for word in words if word not in text] == []


def test_work_lists_of_a_body_and_of_an_office(on_route):  # noqa: F811
    """待办、已办、我发起的、抄送四张表都打得开；转办页列出同岗位的同事，没有的说明原因，别的单位打不开。"""
    number = on_route("central_enterprise", "appointed")
    for audience, who in (("body", "cui"), ("authority", "tao")):
        for view in ("inbox", "done", "asked", "copies"):
            assert client(who).get(reverse(f"{audience}:{view}")).status_code == 200, view
    assert number in client("cui").get(reverse("body:asked")).content.decode()
    (own,) = Task.objects.filter(case=number, matter="filing.assess_1")
    assert "严若谷" in client("hua").get(reverse("authority:hand_over", args=[own.pk])).content.decode()
    assert client("zheng").get(reverse("authority:hand_over", args=[own.pk])).status_code == 403
    operations.return_for_supplement(number=number, reason="请补充。", points={}, by=actor_of("tao", START.date()), at=START)
    back = Task.objects.get(case=number, matter="filing.supplement")
    assert "没有可以转给的同事" in client("cui").get(reverse("body:hand_over", args=[back.pk])).content.decode()
    operations.copy_filing(number=number, office_ids=[office("RS-310104").pk], said="请知悉。", by=actor_of("tao", START.date()), at=START)
    shown = copies_to(actor_of("du", START.date())).get()
    assert client("he").post(reverse("authority:read_copy", args=[shown.pk])).status_code == 302
    shown.refresh_from_db()
    assert shown.read_at is None
    assert client("du").post(reverse("authority:read_copy", args=[shown.pk]))["Location"] == reverse("authority:filing", args=[number])
    assert "已阅" in client("du").get(reverse("authority:copies")).content.decode()
