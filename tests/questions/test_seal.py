"""封存的约束: may anybody read, question by question, what lies under seal; and can a paper be sealed that rests on what is no longer so?"""

from datetime import timedelta

import numpy as np
import pytest

from tests.questions.conftest import Stand
from tests.questions.papers import composed, laid_down, stocked, structured
from touchstone.accounts.actor import NotAllowed
from touchstone.catalogue.models import Standard
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.questions import operations
from touchstone.questions.models import Opening, Paper, PaperItem, Question
from touchstone.questions.states import PaperState


@pytest.fixture
def ready(stand: Stand) -> Stand:
    """Both banks, the structure, and a stocked bank of body 丙."""
    structured()
    stocked(stand)
    return stand


def sealed(stand: Stand) -> tuple[Paper, Question]:
    """Seal a paper for tomorrow; give it and one of its questions."""
    paper = composed(stand, laid_down(stand), forms=1)
    holders = [stand.yun.user_id or 0, stand.ruan.user_id or 0]
    operations.seal_paper(number=paper.number, holders=holders, opens_at=stand.at + timedelta(days=1), by=stand.yun, at=stand.at)
    item = PaperItem.objects.filter(form__paper=paper).select_related("question").order_by("position")[0]
    paper.refresh_from_db()
    return paper, item.question


@pytest.mark.parametrize("name", ["yun", "jin", "kong", "ruan"])
def test_nobody_reads_what_lies_under_seal(ready: Stand, name: str) -> None:
    """封存到启封之间，命题人、审题人、题库管理员、保管人都不能调阅其中的试题，说清哪份卷、到什么时候；没有留下调阅记录。到时可以。"""
    paper, question = sealed(ready)
    by, before = getattr(ready, name), Opening.objects.count()
    with pytest.raises(NotAllowed) as caught:
        operations.open_contents(number=question.number, reason="复核答案", by=by, at=ready.at + timedelta(hours=23))
    if name != "ruan":
        assert paper.number in caught.value.sentence
        assert "启封以前任何人不调阅" in caught.value.sentence
        assert "启封以后调阅" in caught.value.next_step
    assert Opening.objects.count() == before
    assert operations.why_not_open(by, question, ready.at) == caught.value.sentence
    if name == "yun":
        assert operations.open_contents(number=question.number, reason="复核答案", by=by, at=ready.at + timedelta(days=1)).content.stem


def test_a_sealed_question_leaves_by_no_other_door(ready: Stand) -> None:
    """封存期间，含有卷中试题的导出、推荐给市级题库也不行；作废试卷以后可以调阅。"""
    paper, question = sealed(ready)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed, match="封存的试卷"):
        operations.export_questions(bank=ready.bank.number, numbers=[question.number], form="xlsx", reason="备份题库", by=ready.yun, at=ready.at)
    with pytest.raises(NotAllowed, match="封存的试卷"):
        operations.contribute_question(number=question.number, reason="供全市共享", by=ready.yun, at=ready.at)
    assert Entry.objects.count() == before
    operations.discard_paper(number=paper.number, reason="发现错题", by=ready.yun, at=ready.at)
    assert operations.open_contents(number=question.number, reason="改正错题", by=ready.yun, at=ready.at).content.stem


def test_another_body_is_not_told_which_paper(stand: Stand) -> None:
    """市级题库的试题借给机构封存以后，市级题库的人也不能调阅，也不知道是哪份卷。"""
    structured()
    stocked(stand, only="1")
    stocked(stand, only="2")
    stocked(stand, stand.city, only="A")
    blueprint = laid_down(stand)
    asked = operations.ask_licence(standard=blueprint.standard.number, reason="用于车工五级组卷", by=stand.yun, at=stand.at)
    operations.grant_licence(number=asked.number, until=stand.at.date() + timedelta(days=90), by=stand.ji, at=stand.at)
    paper = composed(stand, blueprint, forms=1)
    holders = [stand.yun.user_id or 0, stand.ruan.user_id or 0]
    operations.seal_paper(number=paper.number, holders=holders, opens_at=stand.at + timedelta(days=1), by=stand.yun, at=stand.at)
    lent = Question.objects.filter(bank=stand.city, paper_items__form__paper=paper)[0]
    with pytest.raises(NotAllowed, match="在封存的试卷中") as caught:
        operations.open_contents(number=lent.number, reason="复核答案", by=stand.ji, at=stand.at)
    assert paper.number not in caught.value.sentence


@pytest.mark.parametrize("moved", ["paper", "blueprint", "standard"])
def test_a_paper_that_rests_on_what_moved_is_not_sealed(ready: Stand, moved: str) -> None:
    """试卷有过时标记、细目表过时、所依据的标准到启封那天已经废止：不能封存，说清原因和下一步。"""
    paper = composed(ready, laid_down(ready), forms=1)
    if moved == "paper":
        Paper.objects.filter(pk=paper.pk).update(stale_because="含有鉴定点变动的试题（JG-2）")
    elif moved == "blueprint":
        type(paper.blueprint).objects.filter(pk=paper.blueprint_id).update(stale_because="标准权重表有变动（JG-2）")
    else:
        Standard.objects.filter(pk=paper.blueprint.standard_id).update(until=ready.at.date() + timedelta(days=2))
    holders = [ready.yun.user_id or 0, ready.ruan.user_id or 0]
    with pytest.raises(Refusal) as caught:
        operations.seal_paper(number=paper.number, holders=holders, opens_at=ready.at + timedelta(days=3), by=ready.yun, at=ready.at)
    told = "".join(caught.value.details)
    assert {"paper": "鉴定点变动", "blueprint": "权重表有变动", "standard": "废止或被新版本替代"}[moved] in told
    assert "作废" in caught.value.next_step
    paper.refresh_from_db()
    assert paper.state == PaperState.COMPOSED


def test_who_can_no_longer_log_in_holds_no_share(ready: Stand) -> None:
    """停用的账号不在保管人名单里，选了也不行。"""
    paper = composed(ready, laid_down(ready), forms=1)
    users = [one.user for one in operations.holders_eligible(paper, ready.at)]
    assert {one.pk for one in users} == {ready.yun.user_id, ready.ruan.user_id}
    gone = next(one for one in users if one.pk == ready.ruan.user_id)
    gone.is_active = False
    gone.save()
    assert [one.user.pk for one in operations.holders_eligible(paper, ready.at)] == [ready.yun.user_id]
    holders = [ready.yun.user_id or 0, gone.pk]
    with pytest.raises(Refusal, match="不是本单位"):
        operations.seal_paper(number=paper.number, holders=holders, opens_at=ready.at + timedelta(days=1), by=ready.yun, at=ready.at)


def test_what_becomes_stale_while_a_paper_is_composed_is_found(ready: Stand) -> None:
    """组卷要几秒钟；其间标准变动的试题，在组卷报告里写明不满足。"""
    from touchstone.measurement.assembly import assemble, seed_number
    from touchstone.questions.operations.composing import _composed
    from touchstone.questions.pool import stock_of
    from touchstone.questions.terms import read_terms

    asked = operations.ask_paper(blueprint=laid_down(ready).number, forms=1, by=ready.yun, at=ready.at)
    stock, terms = stock_of(asked.blueprint, asked.bank, 1, ready.at, but=asked.pk), read_terms(asked.blueprint.terms)
    found = assemble(stock.pool, stock.demand, seed=seed_number(asked.seed), seconds=1, enough=terms.gap)
    taken = stock.questions[int(np.min(found.chosen))].pk
    Question.objects.filter(pk=taken).update(stale_because="标准已经更新")
    paper = _composed(asked.number, found, stock, terms, ready.at)
    assert [one["outcome"] for one in paper.report["findings"] if "过时" in one["rule"] + one["reason"]] == ["unmet"]
