"""投诉举报页面: who gets in, does the code alone open a complaint, does the body learn nothing, and what does the public check say?"""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.complaints.telling import BAD, FACTS, HAPPENED, NAME, PHONE, complained, looked_up, taken_up, verified
from tests.exams.test_pages import enter
from touchstone.complaints import operations as acts
from touchstone.complaints.models import Complainant, Evaluator, Lead
from touchstone.ledger.models import Entry

NEW, TRACK = "/complaints/new", "/complaints/track"


def text(answer: object) -> str:
    """The words of an answer."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def sent(client: Client, **more: object) -> str:
    """Let a visitor complain by the form, and give the page that answers."""
    given = {"about": "上海甲辰精密机械有限公司", "happened": HAPPENED, "facts": FACTS, "named": "no", "request_key": "", **more}
    return text(client.post(NEW, given))


def receipt(page: str) -> tuple[str, str]:
    """Read number and code off the receipt."""
    number, code = re.search(r"TS\d{11}", page), re.search(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b", page)
    assert number is not None
    assert code is not None
    return number[0], code[0]


def test_a_visitor_complains_and_follows_it_by_the_code(cast: Cast) -> None:
    """不登录提交，得到编号和查询码；换一个浏览器凭编号和查询码打开，查询码不对打不开，地址里没有查询码。"""
    page = sent(Client(), files=SimpleUploadedFile("证书.pdf", b"%PDF-1.7 x"))
    number, code = receipt(page)
    assert "只显示这一次" in page
    assert Lead.objects.get().body == cast.body_a
    elsewhere, address = Client(), reverse("public:complaint_case", args=[number])
    assert elsewhere.get(address)["Location"] == f"{TRACK}?number={number}"
    assert "不相符" in text(elsewhere.post(TRACK, {"number": number, "code": "AAAAA-AAAAA"}))
    assert elsewhere.get(address).status_code == 302
    opened = elsewhere.post(TRACK, {"number": number, "code": code})
    assert opened["Location"] == address
    shown = elsewhere.get(address)
    assert shown["Cache-Control"] == "no-store"
    assert "决定是否受理" in text(shown)
    assert code not in text(shown)


def test_what_is_missing_is_said_at_its_field(cast: Cast) -> None:
    """没有写事情、实名没有电话、电话不对、给机器看的一栏填了的，都不收，已填的还在。"""
    client = Client()
    assert "请填写发生了什么" in sent(client, facts="")
    assert "请选择匿名" in sent(client, named="yes", name=NAME)
    assert "带区号" in sent(client, named="yes", name=NAME, phone="12")
    assert "请清空" in sent(client, website="http://spam.example")
    assert FACTS in sent(client, website="http://spam.example")
    assert "不能接收" in sent(client, files=SimpleUploadedFile("a.exe", b"MZ"))
    assert not Lead.objects.exists()


def test_sent_twice_it_shows_the_same_receipt(cast: Cast) -> None:
    """同一份表单交两次，编号和查询码相同；选了匿名，填过的姓名电话不保存。"""
    key = "7b0c9f53-93f3-4f8f-9a4d-1d8c8b8b0001"
    client = Client()
    first, second = (receipt(sent(client, request_key=key, name=NAME, phone=PHONE)) for _ in range(2))
    assert first == second
    assert (Lead.objects.count(), Complainant.objects.count()) == (1, 0)


def test_it_is_added_to_and_answered_on_the_same_page(cast: Cast) -> None:
    """请补充的，在办理情况页补充；答复和结论也在那里；不相干的浏览器看不到。"""
    client = Client()
    number, _ = receipt(sent(client, happened=""))
    address = reverse("public:complaint_case", args=[number])
    assert "请补充" in text(client.get(address))
    client.post(address, {"words": "是2月28日上午", "happened": HAPPENED})
    assert Lead.objects.get().state == "received"
    assert "还没有写" not in text(client.get(address))
    assert "没有写补充" in text(client.post(address, {"words": ""}, follow=True))
    assert Client().post(address, {"words": "冒充"})["Location"].startswith(TRACK)
    assert Lead.objects.get().questions.count() == 1
    acts.decline(number=number, because="repeated", reply="上月已经答复。", by=cast.zhou, at=cast.at)
    page = text(client.get(address))
    assert "上月已经答复。" in page
    assert "不予受理" in page


def test_the_search_leads_to_the_form(cast: Cast) -> None:
    """按名称找到名录里的机构；找不到的照样可以反映。"""
    page = text(Client().get("/complaints?q=甲辰"))
    assert f"?body={cast.body_a.number}" in page
    assert cast.body_a.name in text(Client().get(f"{NEW}?body={cast.body_a.number}"))
    assert "同样可以反映" in text(Client().get("/complaints?q=没有这家"))


@pytest.mark.parametrize(
    ("who", "code"),
    [
        pytest.param("zhou", 200, id="承办的区"),
        pytest.param("tao", 200, id="市职鉴中心"),
        pytest.param("shen", 200, id="市局"),
        pytest.param("lv", 403, id="别的区"),
        pytest.param("qian", 403, id="被反映的机构"),
        pytest.param("pan", 403, id="行业主管"),
        pytest.param("zhu", 403, id="系统管理员"),
    ],
)
def test_who_opens_a_lead(cast: Cast, who: str, code: int) -> None:
    """线索由承办的区和市级部门打开；被反映的机构、别的区、行业主管、平台运行都不能。"""
    lead = taken_up(cast, name=NAME)
    client = enter(who)
    for address in (reverse("authority:lead", args=[lead.number]), reverse("authority:lead_complainant", args=[lead.number])):
        answer = client.get(address)
        assert answer.status_code == code
        assert NAME not in text(answer)
        assert PHONE not in text(answer)
        assert Client().get(address)["Location"].startswith("/login")


def test_only_who_verifies_sees_the_name(cast: Cast) -> None:
    """核实人员写明用途看到姓名和电话，负责人看不到；看过以后再打开页面没有。"""
    number = taken_up(cast, name=NAME).number
    address = reverse("authority:lead_complainant", args=[number])
    assert NAME not in text(enter("wu").post(address, {"purpose": "想看"}))
    wang = enter("wang")
    page = text(wang.post(address, {"purpose": "电话核实"}))
    assert NAME in page
    assert PHONE in page
    assert NAME not in text(wang.get(address))
    assert Entry.objects.filter(event="lead.complainant_seen").count() == 1


def test_the_desk_works_a_lead_through(cast: Cast) -> None:
    """在页面上受理、登记记录、请机构说明、拟定、确认、答复；机构的页面上没有线索编号、原文、姓名。"""
    number = complained(cast, name=NAME).lead.number
    address = reverse("authority:lead", args=[number])
    zhou, wang, sun = enter("zhou"), enter("wang"), enter("sun")
    people = [cast.zhou.user_id, cast.wang.user_id]
    assert "已受理" in text(zhou.post(address, {"act": "take_up", "verifier": people}, follow=True))
    noted = {"act": "note", "words": "调看录像", "files": SimpleUploadedFile("录像.pdf", b"%PDF-1.7 x")}
    assert "录像.pdf" in text(wang.post(address, noted, follow=True))
    wang.post(address, {"act": "ask_body", "words": "请说明核对证件的情况。"})
    page = text(sun.get(reverse("body:lead_words")))
    word = re.search(r"SM\d{10}", page)
    assert word is not None
    own = reverse("body:lead_word", args=[word[0]])
    page += text(sun.get(own))
    for secret in (number, NAME, FACTS):
        assert secret not in page
    assert "说明已提交" in text(sun.post(own, {"words": "逐人核对", "files": SimpleUploadedFile("签到.pdf", b"%PDF-1.7 x")}, follow=True))
    assert enter("shi").get(own).status_code == 403
    desk = text(wang.get(address))
    link = next(part for part in desk.split('"') if "?of=SM" in part)
    assert wang.get(link.replace("&amp;", "&")).status_code == 200
    assert "拟定" in text(wang.post(address, {"act": "conclude", "verdict": "partly", "words": "一个考场没有核对"}, follow=True))
    assert "结论已确认" in text(zhou.post(address, {"act": "confirm"}, follow=True))
    assert "已答复" in text(zhou.post(address, {"act": "tell", "words": "部分属实"}, follow=True))
    assert "提出投诉" not in text(zhou.get(address))


def test_a_refusal_is_told_on_the_page(cast: Cast) -> None:
    """办不成的，页面上写明为什么、下一步做什么。"""
    number = taken_up(cast).number
    page = text(enter("wang").post(reverse("authority:lead", args=[number]), {"act": "conclude", "verdict": "true", "words": "x"}, follow=True))
    assert "没有附证据" in page
    assert "请先登记核实记录" in page


def test_the_lists_narrow_sort_and_leave(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单按对象、来源、状态、结论、期限查询，可以导出，查询次数不随行数变；别的区是空的。"""
    numbers = [verified(cast).number, *(complained(cast).lead.number for _ in range(5))]
    looked_up(cast)
    zhou, address = enter("zhou"), reverse("authority:leads")
    found = ("about=甲辰", "origin=complaint", "state=verified", "state=open", "verdict=true", "mine=me", "mine=office", "due_before=2026-12-31")
    for query in found:
        with django_assert_max_num_queries(20):
            assert numbers[0] in text(zhou.get(f"{address}?{query}&sort=due_on")), query
    for query in ("about=乙巳", "origin=media", "state=closed", "verdict=untrue", "district=310101"):
        assert numbers[0] not in text(zhou.get(f"{address}?{query}")), query
    assert numbers[0] in b"".join(zhou.get(f"{address}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "还没有线索" in text(enter("lv").get(address))
    unfiled = reverse("authority:unfiled_list")
    with django_assert_max_num_queries(20):
        assert BAD.name in text(zhou.get(f"{unfiled}?name=收纳&claim=level&state=checked&sort=-seen_on"))
    assert BAD.name in b"".join(zhou.get(f"{unfiled}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert enter("qian").get(address).status_code == 403
    assert enter("pan").get(unfiled).status_code == 403
    with django_assert_max_num_queries(45):
        assert zhou.get(reverse("authority:lead", args=[numbers[0]])).status_code == 200


def test_a_lead_is_entered_and_one_of_another_office_is_told(cast: Cast) -> None:
    """登记媒体线索，归别的区的说明归谁；机构不能登记。"""
    zhou, address = enter("zhou"), reverse("authority:lead_new")
    given = {"origin": "media", "source": "《都市晨报》", "about": "某培训部", "district": "310104", "happened": "上月", "facts": "免考拿证"}
    assert "徐汇区人力资源和社会保障局承办" in text(zhou.post(address, given, follow=True))
    assert Lead.objects.get().office.district == "310104"
    assert "请填写来源说明" in text(zhou.post(address, given | {"source": ""}))
    assert enter("qian").get(address).status_code == 403


def test_an_unfiled_evaluator_on_the_desk_and_in_public(cast: Cast) -> None:
    """登记、核对、公开提示、移送、回执、答复、撤下；公开名单有提示和理由，撤下后留有经过；别的区打不开。"""
    zhou, wu = enter("zhou"), enter("wu")
    given = {"name": BAD.name, "claim": "level", "district": "310115", "title": "高级工", "seen_on": "2026-03-02", "promises": "on"}
    made = zhou.post(reverse("authority:unfiled_new"), given)
    address = made["Location"]
    zhou.post(address, {"act": "look_up"})
    assert "没有备案" in text(zhou.get(address))
    assert "已公开提示" in text(wu.post(address, {"act": "warn", "words": "请勿参加。"}, follow=True))
    public = text(Client().get("/unfiled"))
    assert BAD.name in public
    assert "没有相应的备案" in public
    over = {"act": "hand_over", "authority": "market", "recipient": "某局", "words": "请处理", "files": SimpleUploadedFile("函.pdf", b"%PDF-1.7 x")}
    assert "移送已登记" in text(zhou.post(address, over, follow=True))
    assert "回执已登记" in text(zhou.post(address, {"act": "receipt", "authority": "market", "words": "收1号"}, follow=True))
    assert "部门答复已登记" in text(zhou.post(address, {"act": "answer", "authority": "market", "words": "已处罚"}, follow=True))
    assert "不是核对人" not in text(zhou.get(address))
    wu.post(address, {"act": "take_off", "because": "stopped", "words": "已停止招生并退费。"})
    public = text(Client().get(f"/unfiled?q={BAD.name}"))
    assert "已停止招生并退费。" in public
    assert "已撤下" in public
    assert enter("lv").get(address).status_code == 403
    assert Client().get(address)["Location"].startswith("/login")
    assert Evaluator.objects.get().state == "taken_off"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param({"name": "没有这家"}, ("有问题，请当心", "没有相应的备案", "投诉举报"), id="没有备案"),
        pytest.param({"title": "全国高级收纳师岗位能力证书"}, ("有问题，请当心", "“全国”", "本平台默认值"), id="国家字样"),
        pytest.param({"title": "收纳师能力水平证书", "claim": "ability"}, ("没有发现问题", "不需要备案"), id="合法的能力评价"),
        pytest.param({"title": "高级工证书"}, ("还不能判断", "尚未核对"), id="只写了证书"),
        pytest.param({"title": "能力证书", "emblem": "on", "promises": "on"}, ("国徽", "虚假宣传"), id="国徽和包过"),
        pytest.param({"name": " "}, ("请填写单位名称",), id="什么都没写"),
    ],
)
def test_what_the_public_check_says(cast: Cast, query: dict[str, str], says: tuple[str, ...]) -> None:
    """任何人写名称或者证书上的字，逐条得到结果和依据。"""
    page = text(Client().get("/unfiled/check", query))
    for one in says:
        assert one in page, one


def test_the_public_check_tells_of_a_warning_and_of_names_like_it(cast: Cast) -> None:
    """已经公开提示的当场告诉；写了半个名称的，列出名录里相近的。"""
    acts.warn_of(number=looked_up(cast), words="没有备案，请勿参加。", by=cast.wu, at=cast.at)
    assert "已经公开提示" in text(Client().get("/unfiled/check", {"name": BAD.name}))
    assert cast.body_a.name in text(Client().get("/unfiled/check", {"name": "甲辰精密"}))


def test_own_complaints_and_the_way_past_the_code(cast: Cast) -> None:
    """登录的考生实名投诉，在自己的清单里打开，不用查询码；别的考生打不开。"""
    from tests.complaints.test_protecting import candidate

    own = candidate(cast)
    candidate(cast, 481)
    number = complained(cast, name=NAME, by=own).lead.number
    address = reverse("public:complaint_case", args=[number])
    assert number in text(enter("own480").get("/me/complaints"))
    assert enter("own480").get(address).status_code == 200
    assert number not in text(enter("own481").get("/me/complaints"))
    assert enter("own481").get(address).status_code == 302
    assert enter("zhou").get(address).status_code == 302


def test_all_own_complaints_are_leafed_through(cast: Cast) -> None:
    """自己的清单分页，一页十件的，第十一件在第二页。"""
    from tests.complaints.test_protecting import candidate

    own = candidate(cast)
    numbers = [complained(cast, name=NAME, key=f"{turn}", by=own, at=cast.at + timedelta(days=turn)).lead.number for turn in range(11)]
    first, second = (text(enter("own480").get("/me/complaints", {"per_page": 10, "page": page})) for page in (1, 2))
    assert [one for one in numbers if one in first] == numbers[1:]
    assert [one for one in numbers if one in second] == numbers[:1]


def test_a_lead_past_its_day_says_so(cast: Cast) -> None:
    """逾期的线索在清单的计数里。"""
    complained(cast, at=cast.at - timedelta(days=20))
    assert "已逾期" in text(enter("zhou").get(reverse("authority:leads")))
