"""组卷与封存: blueprints, parallel forms, what cannot be composed, the seal of two, the hour, the print."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from tests.questions.conftest import Stand
from tests.questions.papers import KINDS, composed, laid_down, stocked, structured, terms
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.cli.papers import command as papers_command
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.policy.questions.papers import Asked
from touchstone.questions import operations
from touchstone.questions.models import Blueprint, KeyShare, Lending, Opening, Paper, PaperItem, Question
from touchstone.questions.states import PaperState


@pytest.fixture
def ready(stand: Stand) -> Stand:
    """Both banks, the structure, and a stocked bank of body 丙."""
    structured()
    stocked(stand)
    return stand


def words_of(pdf: bytes) -> str:
    """Read a PDF back."""
    found = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in found).replace("\r\n", "").replace(" ", "")


def test_two_forms_meet_every_demand(ready: Stand) -> None:
    """两套平行试卷：题数按权重、题型按细目表、无共用题、难度在范围内，种子和结果都记在存证里。"""
    paper = composed(ready, laid_down(ready))
    assert paper.state == PaperState.COMPOSED, paper.report
    assert [(code, count) for code, _, _, _, count in paper.report["functions"]] == [("A", 2), ("1", 6), ("2", 12)]
    for form in paper.report["forms"]:
        assert form["functions"] == {"A": 2, "1": 6, "2": 12}
        assert 0.60 <= form["difficulty"] <= 0.80
    assert paper.report["shared"] == [["A", "B", 0]]
    assert {one["outcome"] for one in paper.report["findings"]} == {"met"}
    for form in paper.forms.all():
        kinds = list(PaperItem.objects.filter(form=form).order_by("position").values_list("question__kind", flat=True))
        assert kinds == ["choice"] * 10 + ["true_false"] * 10
    line = Entry.objects.get(event="paper.asked", subject=paper.number)
    assert line.detail["seed"] == paper.seed


def test_same_seed_same_forms(ready: Stand) -> None:
    """同一素材、同一种子，再组一次完全相同。"""
    blueprint = laid_down(ready, gap=100.0)
    first = composed(ready, blueprint)
    chosen = list(PaperItem.objects.filter(form__paper=first).order_by("form", "position").values_list("question", flat=True))
    PaperItem.objects.all().delete()
    first.forms.all().delete()
    Paper.objects.filter(pk=first.pk).update(state=PaperState.ASKED)
    again = operations.compose_paper(number=first.number, by=PLATFORM, at=ready.at)
    assert again.report["pool_digest"] == first.report["pool_digest"]
    assert list(PaperItem.objects.filter(form__paper=again).order_by("form", "position").values_list("question", flat=True)) == chosen


@pytest.mark.parametrize(
    ("changed", "options"),
    [({}, []), ({"gap": 0.0, "seconds": 1}, []), ({}, ["--forms", "2", "--seconds", "60"])],
    ids=["默认要求", "到时限为止", "写明套数和时限"],
)
def test_the_command_line_composes_the_same(ready: Stand, tmp_path: Path, changed: dict[str, Any], options: list[str]) -> None:
    """下载的素材自带种子、套数和拉平的次数：用命令行重算，得到同样的两套，机器快慢也不要紧。"""
    paper = Paper.objects.get(pk=composed(ready, laid_down(ready, **changed)).pk)
    file = tmp_path / "素材.json"
    file.write_text(json.dumps({**paper.report["material"], "seed": paper.seed, "forms": paper.forms_asked}, ensure_ascii=False), encoding="utf-8")
    ran = CliRunner().invoke(papers_command, ["compose", "--bank", str(file), "--blueprint", str(file), *options, "--json"])
    assert ran.exit_code == 0, ran.output
    made = json.loads(ran.output)
    assert len(made["forms"]) == 2
    for form in made["forms"]:
        kept = PaperItem.objects.filter(form__paper=paper, form__letter=form["letter"]).values_list("question__number", flat=True)
        assert sorted(kept) == sorted(form["questions"])


def test_when_only_time_ran_out_nothing_is_called_impossible(ready: Stand) -> None:
    """只是没算完：不说题库组不出，存证里也是另一件事。"""
    asked = operations.ask_paper(blueprint=laid_down(ready).number, forms=2, by=ready.yun, at=ready.at)
    paper = operations.compose_paper(number=asked.number, by=PLATFORM, at=ready.at, patience=0.0)
    (said,) = paper.report["conflicts"]
    assert "没有算完" in said
    assert "不能说组不出" in said
    assert Entry.objects.filter(event="paper.out_of_time", subject=paper.number).count() == 1
    assert not Entry.objects.filter(event="paper.impossible").exists()


BROKEN = [
    ({"questions": []}, "questions是试题的列表"),
    ({"questions": [{"difficulty": 1}]}, "没有编号"),
    ({"questions": [{"number": "甲", "difficulty": "难", "intercept": 0, "marks": {"kind": "choice"}}]}, "difficulty应为数字"),
    ({"questions": [{"number": "甲", "difficulty": 0.5, "intercept": 0, "marks": {"kind": "choice"}}] * 2}, "不止一次"),
    ({"questions": [{"number": "甲", "difficulty": 0.5, "intercept": 0, "marks": {"kind": "choice"}}], "enemies": [["甲", "甲"]]}, "两道不同试题"),
]


@pytest.mark.parametrize(("bank", "says"), BROKEN, ids=[says for _, says in BROKEN])
def test_a_broken_bank_file_is_refused_with_the_place(tmp_path: Path, bank: Any, says: str) -> None:
    """题库文件有错：说清哪里错，不猜。"""
    for name, said in (("bank", bank), ("blueprint", {"size": 1, "counts": {"kind": {"choice": 1}}})):
        (tmp_path / name).write_text(json.dumps(said), encoding="utf-8")
    given = ["compose", "--bank", str(tmp_path / "bank"), "--blueprint", str(tmp_path / "blueprint"), "--forms", "1"]
    ran = CliRunner().invoke(papers_command, given)
    assert ran.exit_code == 1
    assert says in ran.output


def test_what_is_missing_is_said_in_words(ready: Stand) -> None:
    """题库不够：说清哪项职业功能、哪种题型、缺几题，什么也没有组成。"""
    keep = Question.objects.filter(element__startswith="A.").order_by("id").values_list("pk", flat=True)[:3]
    Question.objects.filter(element__startswith="A.").exclude(pk__in=list(keep)).update(stale_because="标准变动")
    paper = composed(ready, laid_down(ready), forms=2)
    assert paper.state == PaperState.IMPOSSIBLE
    assert paper.report["conflicts"] == ["职业功能“A 职业道德”：2套共需要4题，其他要求都满足时最多只有3题，还缺1题。"]
    assert not paper.forms.exists()


def test_enemies_never_meet_until_lifted(ready: Stand) -> None:
    """相克试题不同卷；重复登记、跨库、没有理由都不行；解除后记录保留。"""
    first, second = Question.objects.filter(element__startswith="A.").order_by("id")[:2]
    given: dict[str, Any] = {"first": first.number, "second": second.number, "by": ready.yun, "at": ready.at}
    with pytest.raises(operations.WordsMissing):
        operations.note_enemies(reason="", **given)
    pair = operations.note_enemies(reason="前题给出了后题的答案", **given)
    with pytest.raises(Refusal, match="已经登记"):
        operations.note_enemies(reason="再来一次", **{**given, "first": second.number, "second": first.number})
    Question.objects.filter(element__startswith="A.").exclude(pk__in=[first.pk, second.pk]).update(stale_because="标准变动")
    refused = composed(ready, laid_down(ready), forms=1)
    assert refused.state == PaperState.IMPOSSIBLE
    assert f"相克试题{first.number}和{second.number}" in "".join(refused.report["conflicts"]) or "A 职业道德" in "".join(refused.report["conflicts"])
    operations.lift_enemies(reason="题干已经改写", **given)
    pair.refresh_from_db()
    assert pair.lifted_at is not None
    assert composed(ready, laid_down(ready), forms=1).state == PaperState.COMPOSED


def test_recent_papers_and_uses_are_kept_apart(ready: Stand) -> None:
    """与最近试卷的重复题不超过限额。"""
    blueprint = laid_down(ready, last_overlap=0)
    first = composed(ready, blueprint)
    second = composed(ready, blueprint, at=ready.at + timedelta(days=1))
    assert second.state == PaperState.COMPOSED, second.report
    assert second.report["last"] == [first.number]
    assert {one["recent"] for one in second.report["forms"]} == {0}


def test_city_questions_are_lent_under_a_licence(stand: Stand) -> None:
    """机构题库缺题：没有市级题库许可组不出，有许可则借入并逐题留下出借记录。"""
    structured()
    stocked(stand, only="1")
    stocked(stand, only="2")
    stocked(stand, stand.city, only="A")
    blueprint = laid_down(stand)
    assert composed(stand, blueprint).state == PaperState.IMPOSSIBLE
    asked = operations.ask_licence(standard=blueprint.standard.number, reason="用于车工五级组卷", by=stand.yun, at=stand.at)
    operations.grant_licence(number=asked.number, until=stand.at.date() + timedelta(days=90), by=stand.ji, at=stand.at)
    paper = composed(stand, blueprint)
    assert paper.state == PaperState.COMPOSED, paper.report
    assert Lending.objects.filter(paper=paper.number).count() == 4
    assert [one["city"] for one in paper.report["forms"]] == [2, 2]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kinds": {"choice": Asked(10, KINDS["choice"].points)}}, "合计60分"),
        ({"minutes": 60}, "不少于90分钟"),
        ({"kinds": {"practical": Asked(1, KINDS["choice"].points)}}, "实操任务"),
    ],
    ids=["分值不足", "时间太短", "题型不符"],
)
def test_a_wrong_blueprint_is_refused_with_every_fault(stand: Stand, changed: dict[str, Any], says: str) -> None:
    """细目表不合规定：逐项说明，不保存。"""
    structured()
    with pytest.raises(Refusal) as caught:
        laid_down(stand, **changed)
    assert says in "".join(caught.value.details)
    assert not Blueprint.objects.exists()


def test_without_a_weight_table_there_is_no_blueprint(stand: Stand) -> None:
    """标准没有核准的权重表，不能编细目表。"""
    with pytest.raises(Refusal) as caught:
        laid_down(stand)
    assert "没有核准的权重表" in "".join(caught.value.details)


def keyholders(stand: Stand) -> list[int]:
    """云 and 任 hold body 丙's shares."""
    return [stand.yun.user_id or 0, stand.ruan.user_id or 0]


def test_sealed_by_two_opened_at_the_hour_and_printed(ready: Stand) -> None:
    """两人各领一份、只显示一次；早一分钟不开；错了有记录；到时两份齐了才开；打印的就是组成的卷。"""
    paper = composed(ready, laid_down(ready))
    hour = ready.at + timedelta(days=3)
    operations.seal_paper(number=paper.number, holders=keyholders(ready), opens_at=hour, by=ready.yun, at=ready.at)
    form = paper.forms.get(letter="A")
    assert form.sealed
    assert "车削".encode() not in bytes(form.sealed)
    given: dict[str, Any] = {"number": paper.number, "at": ready.at}
    first = operations.take_share(by=ready.yun, **given)
    with pytest.raises(Refusal, match="已经显示过一次"):
        operations.take_share(by=ready.yun, **given)
    with pytest.raises(NotAllowed):
        operations.take_share(by=ready.jin, **given)
    second = operations.take_share(by=ready.ruan, **given)
    assert not KeyShare.objects.exclude(waiting=None).exists()
    with pytest.raises(Refusal) as early:
        operations.give_share(number=paper.number, share=first, by=ready.yun, at=hour - timedelta(minutes=1))
    assert "还没有到启封时间" in "".join(early.value.details)
    with pytest.raises(Refusal, match="密钥份额不对"):
        operations.give_share(number=paper.number, share=second, by=ready.yun, at=hour)
    assert Entry.objects.filter(event="paper.share_wrong", subject=paper.number).count() == 1
    operations.give_share(number=paper.number, share=first.lower().replace("-", " "), by=ready.yun, at=hour)
    with pytest.raises(Refusal, match="没有启封"):
        operations.printed_form(number=paper.number, letter="A", what="paper", by=ready.yun, at=hour)
    assert operations.give_share(number=paper.number, share=second, by=ready.ruan, at=hour).state == PaperState.OPENED
    said = words_of(operations.printed_form(number=paper.number, letter="A", what="paper", by=ready.ruan, at=hour))
    assert "机密★启用前" in said
    assert "车工五级/初级工理论知识考试试卷（A卷）" in said
    assert said.count("职业道德") >= 2
    guide = words_of(operations.printed_form(number=paper.number, letter="A", what="guide", by=ready.yun, at=hour))
    assert "参考答案" in guide
    items = PaperItem.objects.filter(form__paper=paper)
    assert Opening.objects.filter(question__in=items.values("question")).count() == 2 * items.count()
    operations.use_paper(number=paper.number, by=ready.yun, at=hour)
    assert set(Question.objects.filter(pk__in=items.values("question")).values_list("uses", flat=True)) == {1}


def test_wrong_shares_lock(ready: Stand) -> None:
    """连续输错五次，锁定三十分钟；锁定中正确的也不收，过后可以。"""
    paper = composed(ready, laid_down(ready), forms=1)
    hour = ready.at + timedelta(days=1)
    operations.seal_paper(number=paper.number, holders=keyholders(ready), opens_at=hour, by=ready.yun, at=ready.at)
    mine = operations.take_share(number=paper.number, by=ready.yun, at=ready.at)
    for _ in range(5):
        with pytest.raises(Refusal, match="不对"):
            operations.give_share(number=paper.number, share="0" * 64, by=ready.yun, at=hour)
    with pytest.raises(Refusal, match="已经锁定"):
        operations.give_share(number=paper.number, share=mine, by=ready.yun, at=hour + timedelta(minutes=29))
    assert operations.give_share(number=paper.number, share=mine, by=ready.yun, at=hour + timedelta(minutes=30)).state == PaperState.SEALED


def test_a_lost_share_is_replaced_by_a_new_seal(ready: Stand) -> None:
    """一人丢了份额：写明理由重新封存，旧份额作废，新份额可开。"""
    paper = composed(ready, laid_down(ready), forms=1)
    hour = ready.at + timedelta(days=1)
    seal: dict[str, Any] = {"number": paper.number, "holders": keyholders(ready), "opens_at": hour, "by": ready.yun, "at": ready.at}
    operations.seal_paper(**seal)
    old = operations.take_share(number=paper.number, by=ready.yun, at=ready.at)
    with pytest.raises(operations.WordsMissing):
        operations.seal_again(reason="", **seal)
    operations.seal_again(reason="保管人丢失了抄录的份额", **seal)
    shares = {name: operations.take_share(number=paper.number, by=getattr(ready, name), at=ready.at) for name in ("yun", "ruan")}
    with pytest.raises(Refusal, match="不对"):
        operations.give_share(number=paper.number, share=old, by=ready.yun, at=hour)
    for name, share in shares.items():
        operations.give_share(number=paper.number, share=share, by=getattr(ready, name), at=hour)
    paper.refresh_from_db()
    assert paper.state == PaperState.OPENED


def test_a_seal_needs_two_persons_fresh_questions_and_a_later_hour(ready: Stand) -> None:
    """一人持两份、外人、过去的时间、过时的试题：不能封存，什么也没变。"""
    paper = composed(ready, laid_down(ready), forms=1)
    hour, yun = ready.at + timedelta(days=1), ready.yun.user_id
    for holders, opens_at, says in (
        ([yun, yun], hour, "各持一份"),
        ([yun, ready.lin.user_id], hour, "不是本单位"),
        (keyholders(ready), ready.at, "封存以后"),
    ):
        with pytest.raises(Refusal) as caught:
            operations.seal_paper(number=paper.number, holders=holders, opens_at=opens_at, by=ready.yun, at=ready.at)  # type: ignore[arg-type]
        assert says in caught.value.sentence + "".join(caught.value.details)
    first = PaperItem.objects.filter(form__paper=paper).first()
    assert first is not None
    Question.objects.filter(pk=first.question_id).update(stale_because="标准已经更新")
    with pytest.raises(Refusal) as caught:
        operations.seal_paper(number=paper.number, holders=keyholders(ready), opens_at=hour, by=ready.yun, at=ready.at)
    assert "过时" in "".join(caught.value.details)
    paper.refresh_from_db()
    assert paper.state == PaperState.COMPOSED
    assert not KeyShare.objects.exists()


NOT_THE_KEEPER = ("jin", "kong", "gu", "ji", "wang", "wu", "lin", "ruan")


@pytest.mark.parametrize("name", NOT_THE_KEEPER)
def test_refuses_and_changes_nothing(ready: Stand, name: str) -> None:
    """命题人、审题人、机构其他人、市中心、区、别的机构、保管员：都不能编细目表、组卷、封存、作废。"""
    blueprint = laid_down(ready)
    paper = composed(ready, blueprint, forms=1)
    by, before = getattr(ready, name), Entry.objects.count()
    for act in (
        lambda: operations.make_blueprint(
            bank=ready.bank.number, standard=blueprint.standard.number, level=5, part="theory", title="别人的", terms=terms(), by=by, at=ready.at
        ),
        lambda: operations.end_blueprint(number=blueprint.number, reason="不用了", by=by, at=ready.at),
        lambda: operations.ask_paper(blueprint=blueprint.number, forms=1, by=by, at=ready.at),
        lambda: operations.choose_paper(number=paper.number, case="JH1", by=by, at=ready.at),
        lambda: operations.seal_paper(number=paper.number, holders=keyholders(ready), opens_at=ready.at + timedelta(days=1), by=by, at=ready.at),
        lambda: operations.discard_paper(number=paper.number, reason="不用了", by=by, at=ready.at),
        lambda: operations.compose_paper(number=paper.number, by=by, at=ready.at),
    ):
        with pytest.raises(NotAllowed) as caught:
            act()
        assert caught.value.next_step
    assert Entry.objects.count() == before
    assert Paper.objects.get().state == PaperState.COMPOSED


def test_a_used_or_discarded_paper_stays_so(ready: Stand) -> None:
    """作废后不能封存、启封、使用；再作废也不行。"""
    paper = composed(ready, laid_down(ready), forms=1)
    operations.discard_paper(number=paper.number, reason="怀疑泄题", by=ready.yun, at=ready.at)
    for act in (
        lambda: operations.seal_paper(
            number=paper.number, holders=keyholders(ready), opens_at=ready.at + timedelta(days=1), by=ready.yun, at=ready.at
        ),
        lambda: operations.use_paper(number=paper.number, by=ready.yun, at=ready.at),
        lambda: operations.give_share(number=paper.number, share="", by=ready.yun, at=ready.at),
        lambda: operations.discard_paper(number=paper.number, reason="再来", by=ready.yun, at=ready.at),
    ):
        with pytest.raises(MoveRefused):
            act()
