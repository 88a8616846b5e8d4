"""目录与机构页面: who opens which page of the catalogue and of the bodies, what stands on it, and how many questions does it ask?"""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast
from tests.exams.test_pages import enter
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import open_venue
from touchstone.catalogue import operations, queries
from touchstone.catalogue.models import CatalogueImport, Occupation, Standard
from touchstone.cli.catalogue import command
from touchstone.ledger.models import Entry

TURNER = "6-18-01-01"
LIST = """职业编码,职业名称
6-18-01-01,车床工
6-18-01-02,铣工
1-01-00-01,新职业
1-01-00-1,写错的
""".encode()
OPEN: dict[str, tuple[str, list[str]]] = {
    "目录": ("authority:catalogue", []),
    "职业": ("authority:occupation", [TURNER]),
    "标准列表": ("authority:standards", []),
    "标准": ("authority:standard", ["GZB 6-18-01-01-2018"]),
    "机构列表": ("authority:bodies", []),
}
KEPT: dict[str, tuple[str, list[str], set[str]]] = {
    "登记职业": ("authority:occupation_new", [], {"han", "shen"}),
    "导入目录": ("authority:catalogue_import", [], {"han", "shen"}),
    "登记标准": ("authority:standard_new", [], {"han", "shen", "xu"}),
}


def upload(client: Client, content: bytes = LIST, name: str = "目录.csv") -> str:
    """Hand in a list and give the page after."""
    answer = client.post(reverse("authority:catalogue_import"), {"list": SimpleUploadedFile(name, content)}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("which", OPEN)
def test_every_authority_reads_the_catalogue(cast: Cast, which: str) -> None:
    """各级主管部门都能查目录和机构，评价机构不能进入，未登录的先登录。"""
    address = reverse(OPEN[which][0], args=OPEN[which][1])
    for username in ("zhou", "lv", "han", "xu", "jiang"):
        assert enter(username).get(address).status_code == 200, username
    assert enter("lin").get(address).status_code == 403
    assert Client().get(address)["Location"].startswith("/login")


@pytest.mark.parametrize("which", KEPT)
def test_only_the_keepers_write(cast: Cast, which: str) -> None:
    """登记和导入只对有权的人开放，其余的人看到一句说明。"""
    view, arguments, may = KEPT[which]
    for username in ("zhou", "lv", "han", "shen", "xu"):
        answer = enter(username).get(reverse(view, args=arguments))
        assert answer.status_code == (200 if username in may else 403), username
        assert username in may or "政策管理员" in answer.content.decode()
    assert Client().get(reverse(view, args=arguments))["Location"].startswith("/login")


@pytest.mark.parametrize("act", ["levels", "trade", "end", "end_level"])
def test_the_wrong_role_changes_nothing(cast: Cast, act: str) -> None:
    """区局人员提交表单也改不了目录。"""
    row = queries.fileable_levels(queries.history(TURNER)[0])[0]
    before, lines = list(Occupation.objects.order_by("pk").values()), Entry.objects.count()
    given = {"act": act, "level": row.pk, "levels": ["5"], "since": "2026-01-01", "until": "2027-01-01"}
    given |= {"name": "甲", "document": "甲", "reason": "甲"}
    answer = enter("zhou").post(reverse("authority:occupation", args=[TURNER]), given, follow=True)
    assert "政策管理员维护" in answer.content.decode()
    row.refresh_from_db()
    assert row.until is None
    assert list(Occupation.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        pytest.param({"words": "chegong"}, "车工", "铣工", id="全拼"),
        pytest.param({"words": "6-18-01-02"}, "铣工", "车工", id="编码"),
        pytest.param({"words": "数控车工"}, TURNER, "6-18-01-02", id="工种"),
        pytest.param({"industry": "catering"}, "中式烹调师", "车工", id="行业"),
        pytest.param({"level": "5"}, "中式烹调师", "连锁经营管理师", id="等级"),
        pytest.param({"day": "2022-09-27"}, "没有符合条件的记录", "车工", id="列入目录前一天"),
        pytest.param({"day": "明天"}, "没有符合条件的记录", "车工", id="读不懂的日期"),
    ],
)
def test_the_catalogue_is_narrowed(cast: Cast, query: dict[str, str], seen: str, unseen: str) -> None:
    """按拼音、编码、工种、行业、等级和日期查询。"""
    text = enter("zhou").get(reverse("authority:catalogue"), query | {"per_page": "100"}).content.decode()
    table = text.partition("<main")[2]
    assert seen in table
    assert f">{unseen}<" not in table


def test_occupations_without_a_national_standard_are_found(cast: Cast) -> None:
    """查得到尚未颁布国家职业标准的职业，页面说明谁不能备案和依据。"""
    code = "9-01-01-01"
    operations.enter_occupation(code=code, name="新兴职业", since=date(2026, 1, 1), by=PLATFORM, at=cast.at)
    operations.open_levels(code=code, trade="", levels=(5, 4), since=date(2026, 1, 1), document="目录", by=PLATFORM, at=cast.at)
    desk = enter("zhou")
    assert "新兴职业" in desk.get(reverse("authority:catalogue"), {"national": "no"}).content.decode()
    assert "新兴职业" not in desk.get(reverse("authority:catalogue"), {"national": "yes", "per_page": "100"}).content.decode()
    text = desk.get(reverse("authority:occupation", args=[code])).content.decode()
    assert text.count("不可备案") >= 3
    assert "暂不纳入社会培训评价组织的评价项目" in text
    assert "三(二)1" in text


def test_before_the_notice_nothing_is_judged(cast: Cast) -> None:
    """规定施行前的日期不作判定，施行当天起判定。"""
    page = reverse("authority:occupation", args=[TURNER])
    assert "此前的日期不作判定" in enter("zhou").get(page, {"day": "2024-04-30"}).content.decode()
    assert "可备案：" in enter("zhou").get(page, {"day": "2024-05-01"}).content.decode()


def test_a_keeper_enters_and_ends(cast: Cast) -> None:
    """政策管理员更名、开放等级、登记工种、终止等级，每一步都有结果。"""
    han, page = enter("han"), reverse("authority:occupation", args=[TURNER])
    desk = enter("han")
    given = {"code": TURNER, "name": "车床工", "since": "2026-03-01"}
    desk.post(reverse("authority:occupation_new"), given)
    assert [row.name for row in queries.history(TURNER)] == ["车床工", "车工"]
    han.post(page, {"act": "trade", "name": "数控立车工", "since": "2026-03-01"})
    assert "数控立车工" in han.get(page).content.decode()
    again = han.post(page, {"act": "levels", "levels": ["5"], "since": "2026-03-01", "document": "目录"}).content.decode()
    assert "无需重复登记" in again and 'value="目录"' in again, "被拒绝时已填的还在"
    row = queries.fileable_levels(queries.history(TURNER)[0])[0]
    text = han.post(page, {"act": "end_level", "level": row.pk, "until": "2026-12-31", "reason": "目录调整"}, follow=True).content.decode()
    assert "终止日已登记" in text
    assert "没有办理" in han.post(page, {"act": "end_level", "level": "0", "until": "2026-12-31", "reason": "x"}, follow=True).content.decode()


def test_a_specification_is_entered_approved_and_ended(cast: Cast) -> None:
    """登记员登记企业的评价规范，核准以前写明不能作为依据，核准、废止后改变。"""
    xu = enter("xu")
    given = {
        "kind": "specification", "number": "GF/01", "title": "车工评价规范", "edition": "2026年版", "occupation": TURNER, "levels": ["5"],
        "in_force_from": "2026-03-02",
    }  # fmt: skip
    address = reverse("authority:standard_new")
    assert "评价规范没有说明由哪家机构制定" in xu.post(address, given).content.decode()
    assert "没有名称、编号或信用代码为“不存在”" in xu.post(address, given | {"owner": "不存在"}).content.decode()
    assert not Standard.objects.filter(number="GF/01").exists()
    text = xu.post(address, given | {"owner": cast.body_a.name}, follow=True).content.decode()
    assert "尚未核准" in text and cast.body_a.name in text
    page = reverse("authority:standard", args=["GF/01"])
    assert "登记核准日" not in enter("zhou").get(page).content.decode()
    xu.post(page, {"act": "approve", "approved_on": "2026-03-02"})
    assert "尚未核准" not in xu.get(page).content.decode()
    assert "废止日必须晚于施行日" in xu.post(page, {"act": "end", "until": "2026-03-02", "reason": "新版"}).content.decode()
    assert "已登记废止日" in xu.post(page, {"act": "end", "until": "2027-03-02", "reason": "新版"}, follow=True).content.decode()


def test_a_list_is_tried_then_loaded(cast: Cast) -> None:
    """先试运行，逐行有结果，目录不变；再正式导入，只导一次。"""
    han = enter("han")
    before = Occupation.objects.count()
    text = upload(han)
    tried = CatalogueImport.objects.get()
    assert "目录没有改动" in text and "应为4-03-02-01的样子" in text and Occupation.objects.count() == before
    page = reverse("authority:catalogue_import", args=[tried.number])
    refused = han.get(page, {"outcome": "refused"}).content.decode().partition("<table")[2]
    assert "应为4-03-02-01的样子" in refused and "铣工" not in refused
    lines = b"".join(han.get(page, {"export": "csv"}).streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 5 and "更名" in lines[1] and "未变" in lines[2]
    assert "已正式导入" in han.post(page, follow=True).content.decode()
    assert queries.history(TURNER)[0].name == "车床工"
    assert "试运行之后已经正式导入" in han.post(page, follow=True).content.decode()
    assert CatalogueImport.objects.filter(dry_run=False).count() == 1
    assert "查看导入结果" in han.get(page).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("目录.pdf", b"%PDF-", "请上传 .csv 或 .xlsx", id="不是表格"),
        pytest.param("目录.csv", b"", "没有选择文件", id="空文件"),
        pytest.param("目录.xlsx", b"code,name\n1,2\n", "目录没有改动", id="改了名字的文本"),
    ],
)
def test_a_file_that_is_no_list_is_told_so(cast: Cast, name: str, content: bytes, says: str) -> None:
    """不能读的文件说明原因，没有留下记录。"""
    assert says in upload(enter("han"), content, name)
    assert not CatalogueImport.objects.exists()


def test_others_neither_load_nor_see_a_run(cast: Cast) -> None:
    """别人看不到试运行，也不能正式导入。"""
    upload(enter("han"))
    page = reverse("authority:catalogue_import", args=[CatalogueImport.objects.get().number])
    assert enter("xu").get(page).status_code == 403
    assert enter("xu").post(page).status_code == 403
    assert not CatalogueImport.objects.filter(dry_run=False).exists()
    assert enter("han").get(reverse("authority:catalogue_import", args=["ML99990001"])).status_code == 404


def test_bodies_on_ones_own_ground(cast: Cast) -> None:
    """区局只看见本区注册和在本区设点的机构，别区的打不开。"""
    page = reverse("authority:body", args=[cast.body_a.number])
    assert enter("zhou").get(page).status_code == 200
    listed = enter("lv").get(reverse("authority:bodies")).content.decode()
    assert cast.body_a.name not in listed and cast.body_b.name in listed
    refused = enter("lv").get(page)
    assert refused.status_code == 403 and "不在您所在单位的辖区和行业范围内" in refused.content.decode()
    open_venue(
        body=cast.body_a, name="徐汇考核点", address="虚构路1号", district="310104", tenure="owned", leased_until=None, by=cast.lin, at=cast.at
    )
    assert enter("lv").get(page).status_code == 200
    assert cast.body_a.name in enter("lv").get(reverse("authority:bodies"), {"venue": "310104"}).content.decode()
    assert enter("zhou").get(reverse("authority:body", args=["PJ999999"])).status_code == 404


def test_the_contacts_telephone_is_whole_for_those_who_handle_cases(cast: Cast) -> None:
    """办理备案的人看到完整电话，保管试卷的人只看到一部分。"""
    page = reverse("authority:body", args=[cast.body_a.number])
    assert cast.body_a.contact_phone in enter("zhou").get(page).content.decode()
    masked = enter("shao").get(page).content.decode()
    assert cast.body_a.contact_phone not in masked and "****" in masked


def test_the_export_of_bodies_is_put_on_record(cast: Cast) -> None:
    """导出机构名单留下存证。"""
    answer = enter("zhou").get(reverse("authority:bodies"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert cast.body_a.name in text and cast.body_b.name not in text and "未备案" in text
    assert Entry.objects.get(event="list.exported").detail == {"what": "评价机构", "kind": "csv", "rows": 1}


@pytest.mark.parametrize(("view", "asked"), [("authority:catalogue", 11), ("authority:bodies", 12)], ids=["目录", "机构"])
def test_few_queries(cast: Cast, view: str, asked: int, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """列表页的查询次数不随行数增多。"""
    settings.DEMO = False  # the demo's bar asks one question more
    desk = enter("han")
    desk.get(reverse(view))
    for size in ("10", "100"):
        with django_assert_num_queries(asked):
            assert desk.get(reverse(view), {"per_page": size}).status_code == 200


def test_the_terminal_loads_the_same_way(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """终端导入同一份文件，结果相同，逐行写进报告。"""
    monkeypatch.setattr("touchstone.cli.catalogue.leave_django", lambda: None)  # the test's own connection stays open
    file, report = tmp_path / "目录.csv", tmp_path / "结果.csv"
    file.write_bytes(LIST)
    tried = CliRunner().invoke(command, ["import", str(file), "--dry-run", "--report", str(report)])
    assert tried.exit_code == 0 and "目录没有改动" in tried.output and queries.history(TURNER)[0].name == "车工"
    assert len(report.read_text("utf-8-sig").splitlines()) == 5
    loaded = CliRunner().invoke(command, ["import", str(file)])
    assert "新增1, 未变1, 更名1, 未收1" in loaded.output and queries.history(TURNER)[0].name == "车床工"
    file.write_bytes(b"a,b\n1,2\n")
    refused = CliRunner().invoke(command, ["import", str(file)])
    assert refused.exit_code == 1 and "没有找到“职业编码”" in refused.output


def test_a_dry_run_kept_its_file(cast: Cast) -> None:
    """正式导入用的就是试运行的那份文件。"""
    tried = operations.import_occupations(name="目录.csv", content=LIST, dry_run=True, by=cast.han, at=cast.at)
    loaded = operations.load_tried(number=tried.number, by=cast.han, at=cast.at)
    assert loaded.sha256 == tried.sha256 and queries.load_of(tried) == loaded
    assert not loaded.dry_run and queries.is_whole(loaded)
