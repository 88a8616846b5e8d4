"""存量装入测试: does what is filed today come in as it stands, with an outcome for every row, once, and can it be taken back?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from tests.cast import Cast
from tests.filings.conftest import filed_to  # noqa: F401 (a fixture)
from tests.filings.existing import ASSOCIATION, BODIES, FILINGS, NEW, OLD, SCOPE, VENUES, Rows, existing_workbook
from touchstone.accounts.actor import PLATFORM, Actor, NotAllowed
from touchstone.accounts.models import Office
from touchstone.accounts.operations import grant_role
from touchstone.accounts.queries import office
from touchstone.bodies.models import Body, Venue
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.files.models import Attachment
from touchstone.files.queries import content as content_of
from touchstone.files.workbooks import WorkbookRefused
from touchstone.filings import operations, queries
from touchstone.filings.models import Filing, Loading, LoadingRow, ScopeItem, Suspension
from touchstone.filings.operations.loading import ask_undo, load_tried, process_loading, receive_loading, undo_loading
from touchstone.filings.operations.loading import process as process_room
from touchstone.filings.operations.loading import undo as undo_room
from touchstone.filings.queries import may_plan, scope_in_force
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.models import Entry
from touchstone.policy.filing.ending import EndKind
from touchstone.policy.roles import Role


def run(cast: Cast, content: bytes, *, dry_run: bool = False, by: Actor | None = None) -> Loading:
    """Send a workbook in and go through it, as page and worker do."""
    received = receive_loading(name="存量.xlsx", content=content, dry_run=dry_run, by=by or cast.xu, at=cast.at)
    return process_loading(number=received.number, by=PLATFORM, at=cast.at)


def undo(cast: Cast, loading: Loading, reason: str) -> Loading:
    """Ask for a workbook to be taken back and take it back, as page and worker do."""
    ask_undo(number=loading.number, reason=reason, by=cast.xu, at=cast.at)
    return undo_loading(number=loading.number, by=PLATFORM, at=cast.at)


def told(loading: Loading, sheet: str) -> list[tuple[int, str, str]]:
    """Give what came of each row of a sheet."""
    return list(loading.rows.filter(sheet=sheet).order_by("row_number").values_list("row_number", "outcome", "sentence"))


def counted() -> tuple[int, ...]:
    """Count everything a loading may make."""
    return tuple(model.objects.count() for model in (Body, Office, Venue, Filing, ScopeItem, Suspension))


def changed(rows: Rows, place: int, **values: str) -> Rows:
    """Give rows of which one was changed."""
    return [row | values if at == place else row for at, row in enumerate(rows)]


def test_a_dry_run_writes_nothing_and_tells_of_every_row(cast: Cast) -> None:
    """试运行：什么也没有写入，每一行都有结果；装入时结果相同。"""
    before = counted()
    tried = run(cast, existing_workbook(), dry_run=True)
    assert counted() == before
    assert (tried.total, tried.done, tried.state_label) == (12, 12, "试运行")
    loaded = run(cast, existing_workbook())
    assert tried.counts == loaded.counts
    assert list(tried.rows.order_by("id").values_list("outcome")) == list(loaded.rows.order_by("id").values_list("outcome"))
    assert not Entry.objects.filter(event="loading.rows_taken", subject=tried.number).exists()


def test_what_exists_stands_as_it_did(cast: Cast) -> None:
    """装入：机构、单位、考核点、备案、范围照原样，路线按机构类别，站点序列码照填，暂停的仍暂停，装入后即可报送计划。"""
    loaded = run(cast, existing_workbook())
    assert loaded.counts == {"new": 11, "warned": 1}, [row.sentence for row in loaded.rows.all()]
    body = Body.objects.select_related("office").get(uscc=OLD)
    assert (body.site_code, body.office.name, body.loaded_from, body.founded_on) == ("000321", body.name, loaded.number, date(2001, 5, 16))
    filing = Filing.objects.get(body=body)
    assert (filing.state, filing.purpose, filing.route, filing.former_number) == (State.ACCEPTED, "new", "district_enterprise", "沪职鉴备〔2023〕8号")
    assert (filing.in_force_from, filing.until, filing.rules_day) == (date(2023, 6, 1), date(2026, 6, 1), date(2024, 5, 1))
    assert body.venues.get().since == date(2023, 6, 1)
    lines = list(scope_in_force(cast.at.date(), body))
    assert [(line.level, line.until) for line in lines] == [(5, date(2026, 6, 1)), (4, date(2026, 6, 1)), (3, date(2026, 6, 1))]
    assert may_plan(lines[0], cast.at.date()).outcome is Outcome.MET

    social = Filing.objects.get(body__uscc=NEW)
    assert (social.route, social.state) == ("social_body", State.SUSPENDED)
    assert social.body.site_code == "000001"
    assert not scope_in_force(cast.at.date(), social.body).exists()
    assert scope_in_force(date(2026, 1, 4), social.body).count() == 1
    association = Filing.objects.get(body__uscc=ASSOCIATION)
    assert association.route == "central_enterprise"
    assert association.scope.get().until == date(2027, 1, 1)
    assert [entry["what"] for entry in queries.timeline(filing)] == ["装入存量备案：原备案编号沪职鉴备〔2023〕8号，2023-06-01至2026-05-31"]
    operations.terminate(
        number=filing.number, kind=EndKind.ORDERED, ground="", findings=[], reason="试", clause="三(四)3", effective_on=cast.at.date(),
        by=cast.wu, at=cast.at,
    )  # fmt: skip


def test_what_today_says_against_a_line_is_told(cast: Cast) -> None:
    """照原样装入，但与现行目录、标准不一致的逐行提示；协会原有企业评价也提示。"""
    scope = [SCOPE[0] | {"等级": "一级", "职业名称": "铣工"}]
    loaded = run(cast, existing_workbook(scope=scope))
    (_, outcome, sentence), = told(loaded, "评价范围")
    assert outcome == "warned"
    assert "在目录中是“车工”" in sentence
    assert "协会原有的企业评价照原样装入" in told(loaded, "机构")[2][2]


@pytest.mark.parametrize(
    ("sheet", "place", "values", "words"),
    [
        pytest.param("机构", 0, {"统一社会信用代码": OLD[:-1] + ("A" if OLD[-1] != "A" else "B")}, "校验", id="信用代码写错"),
        pytest.param("机构", 0, {"机构类别": "公司"}, "不在选项内", id="类别不在选项内"),
        pytest.param("机构", 0, {"法定代表人": ""}, "“法定代表人”没有填写", id="必填没有填"),
        pytest.param("机构", 1, {"统一社会信用代码": OLD}, "统一社会信用代码与第2行相同", id="表内重复"),
        pytest.param("机构", 1, {"站点序列码": "000321"}, "站点序列码与第2行相同", id="站点序列码重复"),
        pytest.param("机构", 0, {"站点序列码": "321"}, "应为6位数字", id="站点序列码不是六位"),
        pytest.param("机构", 0, {"成立日期": "2099-01-01"}, "晚于今天", id="成立在以后"),
        pytest.param("考核点", 0, {"统一社会信用代码": "91310115MA1K00000X"}, "都没有信用代码", id="没有这家机构"),
        pytest.param("考核点", 0, {"启用日": "2099-01-01"}, "启用日2099-01-01晚于今天", id="启用在以后"),
        pytest.param("备案", 0, {"备案生效日": "2026-03-03"}, "尚未生效", id="明天才生效"),
        pytest.param("备案", 0, {"备案生效日": "01/06/2023"}, "备案生效日", id="日期分不清"),
        pytest.param("备案", 1, {"暂停理由": ""}, "须填写暂停起始日和暂停理由", id="暂停没有理由"),
        pytest.param("备案", 1, {"暂停起始日": "2026-03-03"}, "且不晚于今天", id="明天才暂停"),
        pytest.param("评价范围", 0, {"职业编码": "9-99-99-99"}, "职业目录中没有编码", id="目录外的职业"),
        pytest.param("评价范围", 0, {"等级": "六级"}, "读不懂", id="没有的等级"),
        pytest.param("评价范围", 0, {"工种": "没有的工种"}, "没有工种", id="没有的工种"),
        pytest.param("评价范围", 0, {"依据的标准": "没有的标准"}, "没有登记编号或名称", id="没有的标准"),
        pytest.param("评价范围", 0, {"考核点名称": "二车间"}, "没有该机构名为“二车间”的考核点", id="没有的考核点"),
        pytest.param("评价范围", 0, {"原备案编号": "没有"}, "没有该机构编号为“没有”的备案", id="没有的备案"),
        pytest.param("评价范围", 0, {"范围有效期至": "2026-06-01"}, "应在备案有效期", id="晚于备案期满"),
    ],
)
def test_a_wrong_row_stays_out_with_a_sentence(cast: Cast, sheet: str, place: int, values: dict[str, str], words: str) -> None:
    """写错的一行不装入，说明原因，其余各行不受影响。"""
    sheets: dict[str, Rows] = {"机构": BODIES, "考核点": VENUES, "备案": FILINGS, "评价范围": SCOPE}
    content = existing_workbook(*(changed(rows, place, **values) if name == sheet else rows for name, rows in sheets.items()))
    tried = run(cast, content, dry_run=True)
    number, outcome, sentence = told(tried, sheet)[place]
    assert (number, outcome) == (place + 2, "refused"), sentence
    assert words in sentence
    assert told(tried, "评价范围")[2][1] == "new"


def test_what_has_ended_comes_in_as_history(cast: Cast) -> None:
    """已经期满的备案作为历史装入：到它自己的日子为止，查得到、不能用，同一机构仍有效的备案照常；昨天期满的是历史，今天到期的还有效。"""
    last = {"原备案编号": "沪职鉴备〔2020〕1号", "备案生效日": "2020-06-01", "有效期至": "2023-05-31", "现状": "暂停评价"}
    filings: Rows = [FILINGS[0] | last, FILINGS[0] | {"有效期至": "2026-03-01"}, FILINGS[1] | {"有效期至": "2026-03-02"}, FILINGS[2]]
    scope: Rows = [SCOPE[0] | {"原备案编号": row["原备案编号"]} for row in filings[:2]] + SCOPE[1:]
    content = existing_workbook(filings=filings, scope=scope)
    tried, loaded = run(cast, content, dry_run=True), run(cast, content)
    assert [outcome for _, outcome, _ in told(loaded, "备案")] == ["warned", "new", "new", "new"]
    assert list(tried.rows.order_by("id").values_list("outcome")) == list(loaded.rows.order_by("id").values_list("outcome"))
    assert "已于2023-06-01前期满，作为历史备案装入" in told(loaded, "备案")[0][2]
    assert "暂停评价没有登记" in told(loaded, "备案")[0][2]
    assert "已于2026-03-02前期满，将作为历史备案装入" in told(tried, "备案")[1][2]
    states = dict(Filing.objects.filter(body__uscc=OLD).values_list("former_number", "state"))
    assert states == {"沪职鉴备〔2020〕1号": State.TERMINATED, "沪职鉴备〔2023〕8号": State.TERMINATED}
    assert ScopeItem.objects.filter(filing__former_number="沪职鉴备〔2020〕1号").count() == 3
    body = Body.objects.get(uscc=OLD)
    assert not scope_in_force(cast.at.date(), body).exists()
    assert scope_in_force(date(2022, 1, 1), body).count() == 3
    assert [(one.on, one.what) for one in queries.register_history(body)] == [
        (date(2023, 6, 1), "备案（原有备案装入）"),
        (date(2020, 6, 1), "备案（原有备案装入）"),
    ]
    assert [each for each in told(loaded, "评价范围") if each[1] == "refused"] == []
    undo(cast, loaded, "错")
    assert not Filing.objects.exclude(loaded_from="").exists()


def test_wrong_rows_come_to_the_same_in_dry_run_and_load(cast: Cast) -> None:
    """有错的表：试运行与装入的每一行结果和说法都对得上，随之落空的行也说明原因。"""
    content = existing_workbook(changed(BODIES, 0, 法定代表人=""), VENUES, changed(FILINGS, 1, 暂停理由=""), [*SCOPE, SCOPE[2]])
    tried, loaded = run(cast, content, dry_run=True), run(cast, content)
    assert [outcome for _, outcome, _ in told(loaded, "评价范围")] == ["refused", "refused", "new", "unchanged"]
    assert "没有装入" in told(loaded, "评价范围")[0][2]
    assert list(tried.rows.order_by("id").values_list("outcome")) == list(loaded.rows.order_by("id").values_list("outcome"))


def test_the_workbook_comes_back_with_a_result_for_every_row(cast: Cast) -> None:
    """带结果的装入表：四张表各有“核对结果”列，改好后整份再传，已装入的不重复。"""
    loaded = run(cast, existing_workbook(bodies=changed(BODIES, 1, 所有制="不知道")))
    returned = openpyxl.load_workbook(BytesIO(content_of(Attachment.objects.get(number=loaded.returned))))
    results = {name: [str(row[-1].value) for row in returned[name].iter_rows(min_row=1)] for name in ("机构", "考核点", "备案", "评价范围")}
    assert all(column[0] == "核对结果" for column in results.values())
    assert results["机构"][1] == "通过"
    assert "不在选项内" in results["机构"][2]
    assert results["机构"][3].startswith("通过：")
    again = run(cast, existing_workbook())
    assert [outcome for _, outcome, _ in told(again, "机构")] == ["unchanged", "new", "unchanged"]
    assert [outcome for _, outcome, _ in told(again, "评价范围")] == ["unchanged", "new", "unchanged"]
    assert Filing.objects.filter(body__uscc=OLD).count() == 1


def test_the_same_file_is_loaded_once(cast: Cast) -> None:
    """同一份文件再装一次，得到的是同一次装入。"""
    first, second = run(cast, existing_workbook()), run(cast, existing_workbook())
    assert first.number == second.number
    tried = run(cast, existing_workbook(filings=[]), dry_run=True)
    assert load_tried(number=tried.number, by=cast.xu, at=cast.at).number != first.number


def test_a_killed_load_resumes_exactly_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """处理中断后再来，每一行只装入一次；试运行中断后从头再来。"""
    monkeypatch.setattr(process_room, "CHUNK", 5)

    def die(done: int) -> None:
        if done == 10:
            raise KeyboardInterrupt

    for dry_run in (True, False):
        received = receive_loading(name="存量.xlsx", content=existing_workbook(), dry_run=dry_run, by=cast.xu, at=cast.at)
        with pytest.raises(KeyboardInterrupt):
            process_loading(number=received.number, by=PLATFORM, at=cast.at, after_chunk=die)
        with pytest.raises(Refusal, match="还在处理"):
            receive_loading(name="别的.xlsx", content=existing_workbook(scope=[]), dry_run=True, by=cast.xu, at=cast.at)
        whole = process_loading(number=received.number, by=PLATFORM, at=cast.at)
        assert (whole.done, whole.rows.count(), sum(whole.counts.values())) == (12, 12, 12)
        assert process_loading(number=received.number, by=PLATFORM, at=cast.at).rows.count() == 12
    assert ScopeItem.objects.filter(filing__loaded_from=whole.number).count() == 5


@pytest.mark.parametrize(
    ("who", "may"),
    [("xu", True), ("zhou", True), ("wu", False), ("han", False), ("lin", False), ("wang", False)],
)
def test_who_may_load(cast: Cast, who: str, may: bool) -> None:
    """市职鉴中心的备案登记员和区的受理经办人可以装入；其他岗位、评价机构和未登录的人不可以。"""
    if may:
        assert run(cast, existing_workbook(), dry_run=True, by=getattr(cast, who)).finished_at
        return
    before = (Loading.objects.count(), Entry.objects.count())
    with pytest.raises(NotAllowed):
        receive_loading(name="存量.xlsx", content=existing_workbook(), dry_run=True, by=getattr(cast, who), at=cast.at)
    with pytest.raises(NotAllowed):
        receive_loading(name="存量.xlsx", content=existing_workbook(), dry_run=True, by=Actor(), at=cast.at)
    assert (Loading.objects.count(), Entry.objects.count()) == before


def test_a_district_loads_only_what_it_files(cast: Cast) -> None:
    """区只装入注册在本区、由本区备案的企业；别的区的、由市职鉴中心备案的，逐行说明。"""
    rows = changed(BODIES, 2, 注册地所在区="浦东新区")
    loaded = run(cast, existing_workbook(bodies=rows), by=cast.zhou)
    outcomes = told(loaded, "机构")
    assert [outcome for _, outcome, _ in outcomes] == ["new", "refused", "refused"]
    assert "该机构注册在杨浦区" in outcomes[1][2]
    assert "由市职鉴中心备案" in outcomes[2][2]
    assert Filing.objects.filter(loaded_from=loaded.number).count() == 1


def test_a_district_sees_and_undoes_only_its_own(cast: Cast) -> None:
    """区看不见、也不能撤销市职鉴中心的装入；市职鉴中心可以。"""
    loaded = run(cast, existing_workbook())
    with pytest.raises(NotAllowed):
        queries.loading(loaded.number, cast.zhou)
    with pytest.raises(NotAllowed):
        ask_undo(number=loaded.number, reason="试", by=cast.zhou, at=cast.at)
    own = run(cast, existing_workbook(filings=[], scope=[]), dry_run=True, by=cast.zhou)
    assert queries.loading(own.number, cast.xu).number == own.number
    with pytest.raises(Refusal, match="应由其装入"):
        load_tried(number=own.number, by=cast.xu, at=cast.at)


def test_a_whole_file_is_taken_back_with_a_trace(cast: Cast) -> None:
    """整份撤销：装入的全部收回，行和存证保留；同一份文件可以重新装入。"""
    before = counted()
    loaded = run(cast, existing_workbook())
    with pytest.raises(Refusal, match="写明理由"):
        undo(cast, loaded, " ")
    undone = undo(cast, loaded, "文件错了")
    assert counted() == before
    assert undone.state_label == "已撤销"
    assert set(undone.rows.values_list("outcome", flat=True)) == {"undone"}
    assert Entry.objects.filter(event="filing.taken_back").count() == 3
    assert Entry.objects.get(event="loading.undone").reason == "文件错了"
    with pytest.raises(Refusal, match="已经撤销"):
        undo(cast, loaded, "再来")
    again = run(cast, existing_workbook())
    assert again.number != loaded.number
    assert again.counts == {"new": 11, "warned": 1}


def test_what_was_here_before_is_left_alone(cast: Cast, filed_to: Callable[[str], str]) -> None:  # noqa: F811
    """已在平台上的机构和它的备案不受装入和撤销影响；补记的站点序列码撤销时收回。"""
    mine = {"机构名称": cast.body_b.name, "统一社会信用代码": cast.body_b.uscc, "机构类别": "企业职业技能等级评价机构",
            "所有制": {"private": "民营企业", "district": "区属企业"}[cast.body_b.ownership], "站点序列码": "000777"}  # fmt: skip
    loaded = run(cast, existing_workbook(bodies=[BODIES[0], BODIES[0] | mine], venues=[], filings=[], scope=[]))
    assert "补记站点序列码000777" in told(loaded, "机构")[1][2]
    cast.body_b.refresh_from_db()
    assert cast.body_b.site_code == "000777"
    undo(cast, loaded, "错")
    cast.body_b.refresh_from_db()
    assert cast.body_b.site_code is None
    assert Body.objects.filter(pk=cast.body_b.pk).exists()


def test_what_is_used_keeps_the_file_from_being_taken_back(cast: Cast) -> None:
    """装入的范围已经报了计划、机构已有人员的，整份不能撤销，逐行说明，什么也没有改动。"""
    loaded = run(cast, existing_workbook())
    body = Body.objects.select_related("office").get(uscc=OLD)
    planner = Actor.of(body.office, user_id=0, person_name="钱三", roles=frozenset({Role.BODY_PLANNER}))
    planner = replace(planner, user_id=None)
    terms = PlanTerms(cast.at.date() + timedelta(days=40), cast.at.date() + timedelta(days=20), 30, "钱三 021-60000001")
    item = ScopeItem.objects.filter(filing__body=body)[0]
    draft_plan(scope_item_id=item.pk, terms=terms, by=planner, at=cast.at)
    grant_role(person=cast.person("lin"), office=body.office, role=Role.BODY_FILER, since=cast.at.date(), by=PLATFORM, at=cast.at)
    before, lines = counted(), Entry.objects.count()
    with pytest.raises(Refusal, match="没有撤销任何内容") as refused:
        undo(cast, loaded, "错")
    assert any("认定计划" in line for line in refused.value.details)
    assert any("已有人员岗位" in line for line in refused.value.details)
    assert {row.sheet for row, _ in queries.in_the_way(loaded)} == {"机构", "考核点", "评价范围"}
    assert counted() == before
    assert Entry.objects.count() == lines


def test_a_killed_undoing_has_taken_nothing_back_and_begins_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """撤销到一半处理程序被杀：什么也没有收回；重来一次收回全部，再来一次不再有动作。"""
    empty = counted()
    loaded = run(cast, existing_workbook())
    ask_undo(number=loaded.number, reason="文件错了", by=cast.xu, at=cast.at)
    assert Loading.objects.get(pk=loaded.pk).state_label == "撤销中"
    with pytest.raises(Refusal, match="正在撤销"):
        ask_undo(number=loaded.number, reason="再按一次", by=cast.xu, at=cast.at)
    with pytest.raises(NotAllowed):
        undo_loading(number=loaded.number, by=cast.xu, at=cast.at)
    before = counted()

    class Killed(BaseException):
        """The worker is gone."""

    def killed(*args: object, **kwargs: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(undo_room, "take_back", killed)
        undo_loading(number=loaded.number, by=PLATFORM, at=cast.at)
    assert counted() == before
    for _ in range(2):
        undo_loading(number=loaded.number, by=PLATFORM, at=cast.at)
    assert counted() == empty
    assert Entry.objects.filter(event="loading.undone").count() == 1
    assert queries.unfinished_undoings(cast.at + timedelta(days=1)) == []


def test_what_is_used_meanwhile_keeps_the_whole_file(cast: Cast) -> None:
    """申请撤销以后、办理以前有了人员岗位：一项也不收回，说明原因，可以再申请。"""
    loaded = run(cast, existing_workbook())
    ask_undo(number=loaded.number, reason="错", by=cast.xu, at=cast.at)
    assert queries.unfinished_undoings(cast.at + timedelta(minutes=5)) == [loaded.number]
    body = Body.objects.select_related("office").get(uscc=OLD)
    grant_role(person=cast.person("lin"), office=body.office, role=Role.BODY_FILER, since=cast.at.date(), by=PLATFORM, at=cast.at)
    before = counted()
    kept = undo_loading(number=loaded.number, by=PLATFORM, at=cast.at)
    assert counted() == before
    assert kept.state_label == "已装入"
    assert "没有撤销任何内容" in kept.kept_because
    assert "人员岗位" in kept.kept_because
    assert not kept.rows.filter(outcome="undone").exists()
    assert Entry.objects.get(event="loading.undo_given_up").subject == loaded.number


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"a,b\n"], ids=["空的", "坏的", "不是工作簿"])
def test_a_file_that_is_no_workbook_is_refused_at_once(cast: Cast, content: bytes) -> None:
    """不是装入表的文件当场拒收，什么也没有保存。"""
    before = (Loading.objects.count(), Attachment.objects.count(), Entry.objects.count())
    for name in ("存量.xlsx", "存量.xls"):
        with pytest.raises(WorkbookRefused):
            receive_loading(name=name, content=content, dry_run=True, by=cast.xu, at=cast.at)
    assert (Loading.objects.count(), Attachment.objects.count(), Entry.objects.count()) == before


def test_other_templates_and_empty_ones_are_told(cast: Cast) -> None:
    """别的模板、四张表都空的，说明原因。"""
    from tests.sheets.samples import OPTIONS
    from touchstone.sheets.registration_template import registration_template

    with pytest.raises(WorkbookRefused, match="别的模板"):
        receive_loading(name="报名.xlsx", content=registration_template(OPTIONS), dry_run=True, by=cast.xu, at=cast.at)
    empty = run(cast, existing_workbook([], [], [], []), dry_run=True)
    assert "都没有数据行" in empty.failed_because
    assert LoadingRow.objects.count() == 0


def test_offices_of_loaded_bodies_can_be_given_people(cast: Cast) -> None:
    """装入的机构有自己的单位，运行人员可以为它登记第一位经办人。"""
    run(cast, existing_workbook())
    body = Body.objects.get(uscc=OLD)
    assert office(body.number).pk == body.office_id
