"""证书数据页面: who gets in by which door, and do the pages ask the database a steady number of questions?"""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import set_up_again
from tests.exams.test_pages import enter
from tests.uploads.sending import LATER, PREFIX, SENT, confirmed, reviewed, rows_of, sent_in
from touchstone.accounts.actor import PLATFORM
from touchstone.ledger.models import Entry as Line
from touchstone.uploads import operations
from touchstone.uploads.models import Batch, Parcel


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


def test_a_row_not_yet_reported_wears_no_badge_for_it(batch: Batch) -> None:
    """还没有上报的行，“全国查询”一列只有一横，不是一枚徽标。"""
    said = enter("zhou").get(reverse("authority:certificate_batch", args=[batch.number])).content.decode()
    assert 'ts-tone-neutral">—' not in said


@pytest.fixture
def parcel(batch: Batch) -> Parcel:
    """Give a file of three rows that was sent; its batch was accepted."""
    reviewed(set_up_again(), batch)
    found = operations.make_parcel(by=PLATFORM, at=LATER)
    assert found is not None
    return operations.note_sent(number=found.number, receipt="R1", by=PLATFORM, at=LATER)


def test_what_is_posted_is_done_or_told(batch: Batch) -> None:
    """页面上的动作：办成的告知，不能办的说明原因。"""
    sun, zhou, address = enter("sun"), enter("zhou"), reverse("authority:certificate_batch", args=[batch.number])
    assert "没有选择文件" in sun.post(reverse("body:certificate_batches"), follow=True).content.decode()
    assert "还没有指出有误的行" in zhou.post(address, {"act": "return_for_correction"}, follow=True).content.decode()
    row = reverse("authority:certificate_entry", args=[batch.number, 2])
    assert "错在哪里" in zhou.post(row, {"act": "object_to", "words": ""}, follow=True).content.decode()
    assert "已登记看过，无误" in zhou.post(row, {"act": "look_at"}, follow=True).content.decode()
    assert "不能提交审核" in sun.post(reverse("body:certificate_batch", args=[batch.number]), {"act": "submit"}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "code"),
    [
        pytest.param("han", 200, id="市职鉴中心负责人"),
        pytest.param("tao", 200, id="市职鉴中心经办人"),
        pytest.param("zhou", 403, id="区"),
        pytest.param("jiang", 403, id="行业主管"),
    ],
)
def test_who_opens_a_parcel(parcel: Parcel, who: str, code: int) -> None:
    """上报包由市职鉴中心和市局查看；区、行业不能，机构和未登录的进不来。"""
    for address in (reverse("authority:certificate_parcels"), reverse("authority:certificate_parcel", args=[parcel.number])):
        assert enter(who).get(address).status_code == code
        assert enter("sun").get(address).status_code != 200
        assert Client().get(address)["Location"].startswith("/login")
    linked = reverse("authority:certificate_parcels") in enter(who).get(reverse("authority:certificate_batches")).content.decode()
    assert linked == (code == 200)


def test_parcels_are_listed_narrowed_and_sent_again(parcel: Parcel, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """上报包可以查询、排序、导出；逐行看到收录和退回；没有回执的可以再报，已有回执的不能；文件写明理由才能下载，并留下记录。"""
    tao, wu = enter("tao"), enter("zhou")
    listed, page = reverse("authority:certificate_parcels"), reverse("authority:certificate_parcel", args=[parcel.number])
    for query, shown in (("?certificate=" + PREFIX + "265000501", True), ("?state=made", False), ("?sort=-rows", True), ("?sent_back=yes", False)):
        with django_assert_max_num_queries(30):
            assert (f"/{parcel.number}" in tao.get(listed + query).content.decode()) == shown
    assert "已报送，待回执" in b"".join(tao.get(listed + "?export=csv")).decode()
    with django_assert_max_num_queries(40):
        said = tao.get(page + "?act=enter").content.decode()
    assert f"{PREFIX}265000501" in said and "没有接通全国联网查询" in said
    assert "写明为什么再报" in tao.post(page, {"act": "send_again", "reason": ""}, follow=True).content.decode()
    assert "已排入报送" in tao.post(page, {"act": "send_again", "reason": "三天没有回执"}, follow=True).content.decode()
    assert "平台自动报送" in tao.post(page, {"act": "send_again", "reason": "再来"}, follow=True).content.decode()
    file = reverse("authority:certificate_parcel_file", args=[parcel.number])
    assert tao.get(file).status_code == 404
    assert wu.post(file, {"reason": "看看"}).status_code == 403
    assert "写明下载的理由" in tao.post(file, {"reason": " "}, follow=True).content.decode()
    sent = tao.post(file, {"reason": "与对方核对"})
    assert sent["Content-Disposition"].startswith("attachment") and "证件号码" in sent.content.decode()
    assert Line.objects.filter(event="parcel.file_taken", subject=parcel.number).count() == 1
    answers = [operations.Answered(f"{PREFIX}26500050{n}", n != 3, "" if n != 3 else "E07", "" if n != 3 else "不在代码表内") for n in (1, 2, 3)]
    told = {"number": parcel.number, "told_parcel": parcel.number, "told_sha256": parcel.sha256, "answers": answers}
    operations.take_receipt(**told, by=PLATFORM, at=LATER)  # type: ignore[arg-type]
    said = tao.get(page + "?national=returned").content.decode()
    assert "不在代码表内" in said and f"{PREFIX}265000501" not in said
    assert "已有回执，不能再报" in tao.post(page, {"act": "send_again", "reason": "再来"}, follow=True).content.decode()
