"""备案存续页面: who opens the pages that change, renew, suspend and restore, and does the list of flags stay cheap?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.filings.conftest import filed_to  # noqa: F401
from tests.filings.test_catalogue_change import flag, replace_standard
from tests.web.test_filing_pages import EVERYONE, client
from touchstone.filings import operations
from touchstone.policy.filing.purposes import Change

WHO_OPENS = {
    "body:filing_amend": {"lin", "sun", "qian"},
    "body:filing_renew": {"lin", "sun", "qian"},
    "authority:filing_suspend": {"wu"},
    "authority:filing_restore": {"wu"},
}


def test_who_opens_which_page(cast, filed_to):  # noqa: F811
    """打不开的人看到一句话，没登录的去登录页；看得到而不能办的，页面说明为什么。"""
    number = filed_to("signed")
    for view, allowed in WHO_OPENS.items():
        address = reverse(view, args=[number])
        answers = {who: client(who).get(address) for who in EVERYONE}
        assert {who for who, answer in answers.items() if answer.status_code == 200} == allowed, view
        assert {answer.status_code for who, answer in answers.items() if who not in allowed} == {403}
        assert client("").get(address).status_code == 302
    seen = client("sun").get(reverse("body:filing_amend", args=[number])).content.decode()
    assert "备案经办人或负责人" in seen
    assert "开始填报变更" not in seen


def test_pages_of_a_change(cast, filed_to):  # noqa: F811
    """变更件只有需要的部分；别的部分没有这个页面；新申请没有变更内容。"""
    root = filed_to("signed")
    number = operations.begin_amendment(number=root, kinds={Change.NAME}, by=cast.lin, at=cast.at + timedelta(days=30)).number
    lin = client("lin")
    pages = {key: lin.get(reverse("body:filing_section", args=[number, key])).status_code for key in ("evidence", "promise", "systems", "scope")}
    assert pages == {"evidence": 200, "promise": 200, "systems": 404, "scope": 404}
    shown = lin.get(reverse("body:filing_changes", args=[number])).content.decode()
    assert "变更后的机构名称" in shown
    assert "变更后的法定代表人" not in shown
    assert lin.get(reverse("body:filing_changes", args=[root])).status_code == 302
    sent = {"name": cast.body_b.name, "reason": "更名"}
    assert "已有同名机构" in lin.post(reverse("body:filing_changes", args=[number]), sent).content.decode()
    assert lin.get(reverse("body:filing_print", args=[number])).content.startswith(b"%PDF-")


@pytest.mark.parametrize("who", ["zhou", "lv"])
def test_flags_are_seen_on_own_ground_and_asked_for_once(who, cast, filed_to):  # noqa: F811
    """目录调整清单：本区看得到，别区看不到；查询次数不随行数增加。"""
    filed_to("signed")
    at = cast.at + timedelta(days=60)
    assert len(flag(replace_standard(cast, at), at)) == 3
    opened, counts = client(who), []
    for level in ("5", ""):
        with CaptureQueriesContext(connection) as asked:
            page = opened.get(reverse("authority:catalogue_flags"), {"level": level}).content.decode()
        counts.append(len(asked))
    assert (cast.body_a.name in page) == (who == "zhou")
    assert counts[0] == counts[1] <= 30
