"""备案页面: who gets which page of a filing, is nothing typed lost, and do lists stay cheap?"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.filings.conftest import filed_to, people  # noqa: F401
from touchstone.accounts.models import User
from touchstone.filings import operations, queries
from touchstone.simulation.filing import file_to


def client(username: str) -> Client:
    """Give a browser in which somebody is logged in."""
    opened = Client(headers={"host": "127.0.0.1"})
    if username:
        opened.force_login(User.objects.get(username=username), backend="touchstone.accounts.backends.PasswordBackend")
    return opened


WHO_OPENS = {
    # 页面, 环节: 打得开的人
    ("authority:filing", "consent_sought"): {"jiang", "zhou", "wu", "he", "zheng", "xu", "han", "shen", "wang"},
    ("authority:filing_consent", "consent_sought"): {"jiang"},
    ("authority:filing_appoint", "submitted"): {"zhou", "wu"},
    ("authority:filing_return", "submitted"): {"zhou", "wu"},
    ("authority:filing_assessment", "appointed"): {"zheng", "feng"},
    ("authority:filing_visit", "appointed"): {"zheng", "feng"},
    ("authority:filing_conclude", "scored"): {"zhou"},
    ("authority:filing_decision", "concluded"): {"wu"},
    ("authority:filing_objection", "announced"): {"wu"},
    ("body:filing", "drafted"): {"lin", "sun", "qian"},
    ("body:filing_submit", "consented"): {"lin", "qian"},
}
EVERYONE = ("lin", "sun", "qian", "jiang", "he", "zhou", "wu", "zheng", "wang", "xu", "han", "shen", "lv", "shi", "zhu")


@pytest.mark.parametrize(("view", "stage"), list(WHO_OPENS), ids=[f"{view} {stage}" for view, stage in WHO_OPENS])
def test_who_opens_which_page(view, stage, cast, filed_to):  # noqa: F811
    """打不开的人看到一句话说明原因，没登录的去登录页。"""
    number = filed_to(stage)
    address = reverse(view, args=[number])
    answers = {who: client(who).get(address) for who in EVERYONE}
    allowed = WHO_OPENS[view, stage]
    assert {who for who, answer in answers.items() if answer.status_code == 200} == allowed & set(EVERYONE)
    refused = [answer for who, answer in answers.items() if who not in allowed]
    assert {answer.status_code for answer in refused} == {403}
    assert all(any(words in answer.content.decode() for words in ("当前身份", "没有找到")) for answer in refused)
    assert client("").get(address).status_code == 302


def test_second_editor_sees_both_versions_and_loses_nothing(cast):
    """另一位经办人先保存了：自动保存得到一句话，手动保存看到两份对照，再次保存才代替。"""
    number = operations.begin_filing(by=cast.lin, at=cast.at).number
    page = reverse("body:filing_section", args=[number, "identity"])
    save = reverse("body:filing_autosave", args=[number, "identity"])
    lin, qian = client("lin"), client("qian")
    first = {"request_key": "11111111-1111-4111-8111-111111111111", "revision": "0", "leader": "先写的"}
    second = {"request_key": "22222222-2222-4222-8222-222222222222", "revision": "0", "leader": "后写的"}
    assert "saved_at" in lin.post(save, first).json()
    told = qian.post(save, second)
    assert told.status_code == 409 and "没有覆盖" in told.json()["message"]
    shown = qian.post(page, second).content.decode()
    assert "先写的" in shown and "后写的" in shown
    assert qian.post(page, second | {"revision": "1"}).status_code == 302
    assert queries.filing(number, cast.lin).sections.get().content["leader"] == "后写的"


def test_lists_ask_as_often_for_two_as_for_one(cast, filed_to):  # noqa: F811
    """列表页的查询次数不随行数增加。"""
    number = filed_to("concluded")
    operations.decide(number=number, accept=False, opinion="不予", by=cast.wu, at=cast.at)
    counts, wu = [], client("wu")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert wu.get(reverse("authority:filings")).status_code == 200
        counts.append(len(asked))
        if len(counts) == 1:
            file_to("submitted", cast.body_a, people(cast), at=cast.at)
    assert counts[1] - counts[0] <= 1  # 工作日历只在有期限时读一次
    assert counts[1] <= 25


def test_files_are_sent_only_to_those_who_see_the_filing(cast: Cast, filed_to):  # noqa: F811
    """附件只发给看得到本件的人，别区别家打不开。"""
    from touchstone.files.queries import of_case

    number = filed_to("submitted")
    file = of_case(number)[0].number
    desk, own = reverse("authority:filing_file", args=[number, file]), reverse("body:filing_file", args=[number, file])
    assert client("zhou").get(desk).status_code == 200
    assert client("lin").get(own).status_code == 200
    assert client("lv").get(desk).status_code == 403
    assert client("shi").get(own).status_code == 403
    assert client("zhou").get(reverse("authority:filing_file", args=[number, "A0"])).status_code == 404


def test_application_form_is_printed(cast, filed_to):  # noqa: F811
    """申报表随时可以打印，提交前标明未提交。"""
    number = filed_to("drafted")
    answer = client("lin").get(reverse("body:filing_print", args=[number]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
