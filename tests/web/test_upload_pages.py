"""证书数据页面: who gets in by which door, and do the pages ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.exams.test_pages import enter
from tests.uploads.sending import PREFIX, SENT, confirmed, rows_of, sent_in
from touchstone.uploads import operations
from touchstone.uploads.models import Batch


@pytest.fixture
def batch(db: None) -> Batch:
    """Give a batch under review with one row that is broken."""
    stage = confirmed()
    rows = rows_of(stage)
    found = sent_in(stage.cast, [*rows, rows[0] | {"number": f"{PREFIX}265000600", "name": "别人"}])
    return operations.submit(number=found.number, by=stage.cast.sun, at=SENT)


@pytest.mark.parametrize(
    ("who", "door", "code"),
    [
        pytest.param("sun", "body", 200, id="本机构考务经办人"),
        pytest.param("shi", "body", 403, id="别家机构"),
        pytest.param("zhou", "authority", 200, id="审核的区"),
        pytest.param("lv", "authority", 403, id="别的区"),
        pytest.param("jiang", "authority", 403, id="行业主管"),
        pytest.param("han", "authority", 200, id="市职鉴中心"),
    ],
)
def test_who_opens_a_batch(batch: Batch, who: str, door: str, code: int) -> None:
    """一批证书数据由本机构、审核单位和市级查看；未登录的先登录。"""
    for name, more in (("certificate_batch", []), ("certificate_entry", [2]), ("certificate_draws_file", [])):
        address = reverse(f"{door}:{name}", args=[batch.number, *more])
        assert enter(who).get(address).status_code == code
        assert Client().get(address)["Location"].startswith("/login")


def test_lists_filters_and_exports(batch: Batch, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """清单可以查询、导出；每页的查询次数不随行数增长。"""
    sun, zhou = enter("sun"), enter("zhou")
    for client, door in ((sun, "body"), (zhou, "authority")):
        with django_assert_max_num_queries(30):
            listed = client.get(f"{reverse(f'{door}:certificate_batches')}?certificate={PREFIX}265000501").content.decode()
        assert batch.number in listed
        with django_assert_max_num_queries(40):
            page = client.get(f"{reverse(f'{door}:certificate_batch', args=[batch.number])}?state=broken").content.decode()
        assert f"{PREFIX}265000600" in page
        assert f"{PREFIX}265000501" not in page
        exported = client.get(f"{reverse(f'{door}:certificate_batch', args=[batch.number])}?export=csv")
        assert exported.status_code == 200
        with django_assert_max_num_queries(30):
            assert "不一致" in client.get(reverse(f"{door}:certificate_entry", args=[batch.number, 5])).content.decode()
    assert sun.get(reverse("body:certificate_template_file")).status_code == 200
    assert sun.get(reverse("body:certificate_batch_file", args=[batch.number, "returned"])).status_code == 200


def test_what_is_posted_is_done_or_told(batch: Batch) -> None:
    """页面上的动作：办成的告知，不能办的说明原因。"""
    sun, zhou, address = enter("sun"), enter("zhou"), reverse("authority:certificate_batch", args=[batch.number])
    assert "没有选择文件" in sun.post(reverse("body:certificate_batches"), follow=True).content.decode()
    assert "还没有指出有误的行" in zhou.post(address, {"act": "return_for_correction"}, follow=True).content.decode()
    row = reverse("authority:certificate_entry", args=[batch.number, 2])
    assert "错在哪里" in zhou.post(row, {"act": "object_to", "words": ""}, follow=True).content.decode()
    assert "已登记看过，无误" in zhou.post(row, {"act": "look_at"}, follow=True).content.decode()
    assert "不能提交审核" in sun.post(reverse("body:certificate_batch", args=[batch.number]), {"act": "submit"}, follow=True).content.decode()
