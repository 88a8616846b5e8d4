"""评价档案: an archive is owed from the certificates on, bound in five volumes, sealed, looked into, added to, destroyed only by decision."""

import io
from datetime import date, datetime, timedelta

import pypdf
import pytest

from tests.cast import Cast
from tests.exams.stage import Stage, moment
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.exams.facts.archive import registration
from touchstone.exams.models import Archive, ArchiveOpening, ArchiveVolume
from touchstone.exams.operations.archive import amend_archive, begin_archive, compile_archive, seal_archive
from touchstone.exams.operations.archive_access import consult_archive, destroy_archive
from touchstone.exams.operations.archive_binding import bind_next
from touchstone.exams.operations.plan_report import sign_for_plan
from touchstone.exams.queries.archive import archives, late
from touchstone.files.queries import content
from touchstone.jobs.archives import remind_of_late
from touchstone.ledger.queries import history
from touchstone.policy.exams.archive import CONTENTS, Volume
from touchstone.tasks.models import Copy, Task
from touchstone.web.events import event_words

APRIL = moment(date(2026, 4, 7), 10)
LACKS = "没有组织培训；佐证由本单位核对原件；试卷、答卷装入纸质卷"


def bind_all(number: str, at: datetime = APRIL) -> None:
    """What the worker does."""
    while bind_next(number=number, words=event_words, by=PLATFORM, at=at):
        pass


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Give an evaluation whose certificates are issued; one of three failed."""
    return Stage(cast).all_the_way(("80", "85"), ("50", "85"))


@pytest.fixture
def archive(stage: Stage) -> Archive:
    """Give its archive, owed."""
    return Archive.objects.get(plan=stage.plan)


def compiled(cast: Cast, archive: Archive) -> Archive:
    """Have it bound."""
    compile_archive(number=archive.number, by=cast.sun, at=APRIL)
    bind_all(archive.number)
    archive.refresh_from_db()
    return archive


def sealed(cast: Cast, archive: Archive) -> Archive:
    """Have it bound and sealed."""
    compiled(cast, archive)
    seal_archive(number=archive.number, statement=LACKS, by=cast.qian, at=APRIL)
    archive.refresh_from_db()
    return archive


def words(volume: ArchiveVolume) -> str:
    """The text of a volume, without the spaces between letters."""
    read = pypdf.PdfReader(io.BytesIO(content(volume.attachment)))
    return "".join("".join(page.extract_text() for page in read.pages).split())


def test_it_is_owed_from_the_certificates_on(stage: Stage, archive: Archive) -> None:
    """发证时建立档号，十个工作日的封存期限，考务经办人的待办。"""
    assert (archive.state, archive.number, archive.due_on) == ("owed", "DA2026000001", date(2026, 4, 3))
    task = Task.objects.open().get(case=archive.number)
    assert (task.role, task.due_on, task.office_id) == ("body_planner", date(2026, 4, 3), stage.plan.body.office_id)
    assert begin_archive(plan_number=stage.plan.number, by=stage.cast.sun, at=APRIL).pk == archive.pk
    assert list(late(archives(stage.cast.qian), date(2026, 4, 3))) == []
    assert list(late(archives(stage.cast.qian), date(2026, 4, 4))) == [archive]


def test_what_is_late_is_put_before_body_and_district_once(cast: Cast, stage: Stage, archive: Archive) -> None:
    """过了封存期限：机构负责人有待办，注册地的区收到抄送，各一次；封存后待办结清。"""
    assert remind_of_late(moment(date(2026, 4, 3), 23)) == 0
    assert (remind_of_late(moment(date(2026, 4, 4), 0, 1)), remind_of_late(moment(date(2026, 4, 5), 9))) == (1, 0)
    task = Task.objects.open().get(case=archive.number, role="body_leader")
    assert (task.office_id, task.due_on) == (stage.plan.body.office_id, date(2026, 4, 3))
    copy = Copy.objects.get(case=archive.number)
    assert (copy.office.district, "现已超过" in copy.words) == (stage.plan.body.district, True)
    sealed(cast, archive)
    assert not Task.objects.open().filter(case=archive.number).exists()


def test_nobody_passed_and_it_is_owed_all_the_same(cast: Cast) -> None:
    """没有合格人员：公示期满即应归档，证书卷写明没有核发。"""
    stage = Stage(cast).reviewed().with_sittings().arranged().held().scored(*[("50", "50")] * 3).announced().confirmed()
    archive = compiled(cast, Archive.objects.get(plan=stage.plan))
    assert archive.state == "compiled"
    last = archive.volumes.get(volume=Volume.CERTIFICATE)
    assert {row["mark"] for row in last.catalogue} == {"无"}
    assert "没有合格人员" in words(last)


def test_five_volumes_are_bound(cast: Cast, stage: Stage, archive: Archive) -> None:
    """五卷：封面、卷脊、目录、材料、备考表；页号连续，缺件列明原因。"""
    compiled(cast, archive)
    assert archive.state == "compiled"
    bound = list(archive.volumes.order_by("id"))
    assert [one.volume for one in bound] == list(Volume)
    for one in bound:
        titles = [row["title"] for row in one.catalogue]
        assert titles == list(CONTENTS.on(date(2026, 4, 7)).value[Volume(one.volume)])
        page = 1
        for row in one.catalogue:
            assert row["first"] == page
            assert (row["pages"] == 0) is bool(row["lacking"])
            page += row["pages"]
        read = pypdf.PdfReader(io.BytesIO(content(one.attachment)))
        assert (page - 1, len(read.pages)) == (one.pages, one.pages + 4)
        text = words(one)
        assert all(word in text for word in (archive.number, Volume(one.volume).label, "卷内目录", "卷内备考表", "卷脊"))
    assert archive.lacking == [row["title"] for one in bound for row in one.catalogue if row["mark"] == "缺"]
    assert "培训方案" in archive.lacking
    first, filed, process, result, certificate = (words(one) for one in bound)
    assert "平台不收集培训方案" in first
    assert "阿依古丽" in first
    assert "区人社局没有在平台签收本计划" in filed
    assert "上报计划" in filed
    assert "居民身份证" in process
    assert "督导甲" in process
    assert "50" in result
    assert "Y000031" in certificate


def test_tickets_are_bound_in_parts(cast: Cast, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """准考证超过一部分的张数时分部分装订，一张不少；人数再多时不带照片，也不缺件。"""
    monkeypatch.setattr(registration, "MOST_TICKETS", 2)
    made = registration.bound_tickets(stage.plan)
    assert (len(made.leaves), made.lacking, made.remark) == (2, "", "分2部分装订，每部分2张")
    text = "".join(page.extract_text() for leaf in made.leaves for page in pypdf.PdfReader(io.BytesIO(leaf.content)).pages)
    assert all(ticket in text for ticket in stage.tickets())
    monkeypatch.setattr(registration, "WITH_PHOTOS", 1)
    assert registration.bound_tickets(stage.plan).remark.endswith("照片存电子件")


def test_the_signature_of_the_district_is_bound(cast: Cast) -> None:
    """区人社局签收的，签收记录在卷。"""
    stage = Stage(cast).reviewed()
    sign_for_plan(number=stage.plan.number, opinion="请按时开考", by=cast.wang, at=cast.at)
    stage.with_sittings().arranged().held().scored().announced().confirmed().certified()
    archive = compiled(cast, Archive.objects.get(plan=stage.plan))
    assert "请按时开考" in words(archive.volumes.get(volume=Volume.FILED))
    assert "区人社局签收记录" not in archive.lacking


def test_a_killed_worker_goes_on_where_it_stopped(cast: Cast, archive: Archive) -> None:
    """装订两卷后中断，再来时接着装订第三卷；办完再来没有变化。"""
    compile_archive(number=archive.number, by=cast.sun, at=APRIL)
    for _ in range(2):
        assert bind_next(number=archive.number, words=event_words, by=PLATFORM, at=APRIL)
    assert archive.volumes.count() == 2
    bind_all(archive.number)
    bind_all(archive.number)
    assert (archive.volumes.count(), Archive.objects.get().state) == (5, "compiled")


def test_bound_anew_with_a_reason_until_sealed(cast: Cast, archive: Archive) -> None:
    """封存以前可以重新汇编，须写理由；上一次的各卷留着，不再使用。"""
    compiled(cast, archive)
    compile_archive(number=archive.number, reason="补登考场情况", by=cast.sun, at=APRIL)
    bind_all(archive.number)
    archive.refresh_from_db()
    assert (archive.compilation, archive.volumes.count(), archive.reason) == (2, 10, "补登考场情况")
    assert "第2次汇编" in words(archive.volumes.get(compilation=2, volume=Volume.RESULT))


def test_sealed_for_good(cast: Cast, archive: Archive) -> None:
    """封存：各卷指纹记入存证，保存年限起算，逾期写明；待办办结。"""
    sealed(cast, archive)
    assert archive.state == "sealed"
    assert (archive.paper_until, archive.electronic_until) == (date(2029, 4, 7), date(2031, 4, 7))
    assert [one["outcome"] for one in archive.findings] == ["met", "met", "unmet"]
    assert "迟了1个工作日" in archive.findings[2]["reason"]
    line = history(archive.number).get(event="archive.sealed")
    assert line.detail["volumes"] == {one.volume: one.sha256 for one in archive.volumes.all()}
    assert not Task.objects.open().filter(case=archive.number).exists()


def test_a_later_correction_is_added(cast: Cast, archive: Archive) -> None:
    """封存以后另立补充档案，原档案一个字也不变。"""
    before = Archive.objects.filter(pk=sealed(cast, archive).pk).values().get()
    added = amend_archive(number=archive.number, reason="一本证书撤销", by=cast.sun, at=APRIL)
    assert (added.number, added.version, added.state) == ("DA2026000001-2", 2, "owed")
    compiled(cast, added)
    assert "补充档案" in words(added.volumes.get(volume=Volume.CERTIFICATE))
    seal_archive(number=added.number, statement=LACKS, by=cast.qian, at=APRIL)
    added.refresh_from_db()
    assert added.findings[2]["outcome"] == "met"
    assert Archive.objects.filter(pk=archive.pk).values().get() == before


def test_every_look_leaves_a_row(cast: Cast, archive: Archive) -> None:
    """查阅留痕：主管单位写事由，本机构可以不写；拒绝的不留。"""
    compiled(cast, archive)
    given = consult_archive(number=archive.number, volume="result", reason="核查成绩投诉", by=cast.wang, at=APRIL)
    assert given == archive.volumes.get(volume="result")
    consult_archive(number=archive.number, volume="result", by=cast.qian, at=APRIL)
    assert list(ArchiveOpening.objects.order_by("id").values_list("opener", "reason")) == [
        (cast.wang.label, "核查成绩投诉"),
        (cast.qian.label, ""),
    ]
    assert history(archive.number).filter(event="archive.consulted").count() == 2


@pytest.mark.parametrize(
    "who",
    [pytest.param("shi", id="别家机构"), pytest.param("lin", id="本机构备案经办人"), pytest.param("zhu", id="系统管理员")],
)
def test_others_may_not_look(cast: Cast, archive: Archive, who: str) -> None:
    """别家机构、没有这个岗位的、系统管理员看不到。"""
    compiled(cast, archive)
    with pytest.raises(NotAllowed):
        consult_archive(number=archive.number, volume="result", reason="想看看别人的成绩", by=getattr(cast, who), at=APRIL)
    assert not ArchiveOpening.objects.exists()


def test_destroyed_only_by_decision(cast: Cast, archive: Archive) -> None:
    """保存年限届满，纸质、电子分别决定销毁；写明内容和监销人，行都留着，电子件不能再打开。"""
    sealed(cast, archive)
    over = moment(date(2031, 4, 7), 9)
    made = destroy_archive(number=archive.number, carrier="electronic", reason="保存年限届满，无未了结事项", witness="林经办", by=cast.qian, at=over)
    assert "电子档案 DA2026000001：报名资格卷" in made.named
    assert archive.volumes.count() == 5
    all_refused_and_nothing_changed(
        [
            ("电子件没有了", lambda: consult_archive(number=archive.number, volume="result", by=cast.qian, at=over), "已决定销毁"),
            (
                "再销毁一次",
                lambda: destroy_archive(number=archive.number, carrier="electronic", reason="届满", witness="林", by=cast.qian, at=over),
                "无需重复办理",
            ),
        ],
        "exams",
    )


def test_refuses_and_changes_nothing_while_owed(cast: Cast, stage: Stage, archive: Archive) -> None:
    """没有汇编时：不能封存、查阅、补充、销毁；别人不能汇编；没有发证的计划不能归档。"""
    number = archive.number
    early = Stage(cast, serial=9).reviewed()
    all_refused_and_nothing_changed(
        [
            ("没有汇编就封存", lambda: seal_archive(number=number, statement="", by=cast.qian, at=APRIL), "不能"),
            ("没有汇编就查阅", lambda: consult_archive(number=number, volume="result", by=cast.qian, at=APRIL), "还没有汇编"),
            ("没有封存就补充", lambda: amend_archive(number=number, reason="更正", by=cast.sun, at=APRIL), "没有封存"),
            (
                "没有封存就销毁",
                lambda: destroy_archive(number=number, carrier="paper", reason="满了", witness="林", by=cast.qian, at=APRIL),
                "没有起算",
            ),
            ("没有这种载体", lambda: destroy_archive(number=number, carrier="film", reason="满了", witness="林", by=cast.qian, at=APRIL), "载体"),
            ("备案经办人汇编", lambda: compile_archive(number=number, by=cast.lin, at=APRIL), "考务经办人"),
            ("别家机构汇编", lambda: compile_archive(number=number, by=cast.shi, at=APRIL), "本机构"),
            ("区督导员汇编", lambda: compile_archive(number=number, by=cast.wang, at=APRIL), "考务经办人"),
            ("没有发证的计划", lambda: begin_archive(plan_number=early.plan.number, by=cast.sun, at=APRIL), "不能归档"),
            ("没有这个档号", lambda: compile_archive(number="DA0", by=cast.sun, at=APRIL), "没有这份"),
        ],
        "exams",
    )


def test_refuses_and_changes_nothing_once_bound(cast: Cast, archive: Archive) -> None:
    """汇编以后：经办人不能封存，缺件须说明，重新汇编须有理由，主管单位须写事由；封存以后不能再汇编。"""
    compiled(cast, archive)
    number = archive.number
    all_refused_and_nothing_changed(
        [
            ("经办人封存", lambda: seal_archive(number=number, statement=LACKS, by=cast.sun, at=APRIL), "负责人封存"),
            ("缺件没有说明", lambda: seal_archive(number=number, statement=" ", by=cast.qian, at=APRIL), "培训方案"),
            ("重新汇编没有理由", lambda: compile_archive(number=number, by=cast.sun, at=APRIL), "理由"),
            ("督导员没有写事由", lambda: consult_archive(number=number, volume="result", by=cast.wang, at=APRIL), "事由"),
            ("没有这一卷", lambda: consult_archive(number=number, volume="secret", by=cast.qian, at=APRIL), "没有汇编"),
        ],
        "exams",
    )
    seal_archive(number=number, statement=LACKS, by=cast.qian, at=APRIL)
    last = moment(date(2029, 4, 6), 9)
    over = last + timedelta(days=1)
    all_refused_and_nothing_changed(
        [
            ("封存后汇编", lambda: compile_archive(number=number, reason="补", by=cast.sun, at=APRIL), "不能"),
            ("封存两次", lambda: seal_archive(number=number, statement=LACKS, by=cast.qian, at=APRIL), "不能"),
            ("补充没有理由", lambda: amend_archive(number=number, reason=" ", by=cast.sun, at=APRIL), "理由"),
            ("年限未满", lambda: destroy_archive(number=number, carrier="paper", reason="满", witness="林", by=cast.qian, at=last), "年限未满"),
            ("没有监销人", lambda: destroy_archive(number=number, carrier="paper", reason="满", witness=" ", by=cast.qian, at=over), "监销人"),
            (
                "自己监销",
                lambda: destroy_archive(number=number, carrier="paper", reason="满", witness=cast.qian.person_name, by=cast.qian, at=over),
                "不能是作出决定的人",
            ),
            ("经办人销毁", lambda: destroy_archive(number=number, carrier="paper", reason="满", witness="林", by=cast.sun, at=over), "负责人决定"),
        ],
        "exams",
    )
