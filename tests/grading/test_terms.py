"""期满评估测试: is a term evaluated before it ends, by one who proposes and another who decides, and does the renewal rest on it?"""

from datetime import date
from functools import partial

from tests.cast import Cast
from tests.exams.stage import moment
from tests.grading.stage import in_force
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.bodies.queries import expiry_evaluation
from touchstone.filings.models import Filing
from touchstone.grading import operations, queries
from touchstone.grading.models import TermEvaluation
from touchstone.jobs.grading import evaluate_terms

UNTIL, AT = date(2026, 5, 20), moment(date(2026, 3, 2), 9)
WATCHED = ("grading", "bodies.ExpiryEvaluation")


def opened(cast: Cast) -> TermEvaluation:
    """Open the evaluation of body 甲's filing."""
    in_force(cast.body_a, until=UNTIL)
    assert evaluate_terms(AT) == 1
    return TermEvaluation.objects.get()


def test_a_term_near_its_end_is_evaluated_once(cast: Cast) -> None:
    """期满前三个月自动列出，一次；没有到时间的不能开始。"""
    filing = in_force(cast.body_a, until=UNTIL)
    early = moment(date(2026, 2, 19), 9)
    assert evaluate_terms(early) == 0
    refused_and_nothing_changed(lambda: operations.open_evaluation(filing=filing.number, by=cast.han, at=early), "起开展期满评估", *WATCHED)
    assert [evaluate_terms(AT), evaluate_terms(AT)] == [1, 0]
    made = TermEvaluation.objects.get()
    assert (made.office.district, made.until) == ("310115", UNTIL)


def test_the_renewal_rests_on_what_was_decided(cast: Cast) -> None:
    """提出意见，由另一人决定；没有核发证书的，合格须写明理由；结论写入机构，续期据此审查。"""
    found = opened(cast)
    refused_and_nothing_changed(lambda: operations.opine_on_term(number=found.number, words=" ", by=cast.wang, at=AT), "评估意见", *WATCHED)
    operations.opine_on_term(number=found.number, words="条件保持，建议合格。", by=cast.wang, at=AT)
    decide = partial(operations.decide_term, number=found.number, by=cast.wu, at=AT)
    refused_and_nothing_changed(lambda: decide(passed=True, words=""), "没有核发证书", *WATCHED)
    decide(passed=True, words="企业转产，今后按计划开展。")
    kept = expiry_evaluation(found.filing)
    assert kept is not None and kept.passed and "条件保持" in kept.summary
    refused_and_nothing_changed(lambda: decide(passed=False, words="x"), "不能作出评估结论", *WATCHED)


def test_a_suspended_filing_does_not_pass(cast: Cast) -> None:
    """暂停状态的不能评为合格。"""
    found = opened(cast)
    Filing.objects.filter(number=found.filing).update(state="suspended")
    operations.opine_on_term(number=found.number, words="暂停中。", by=cast.wang, at=AT)
    decide = partial(operations.decide_term, number=found.number, by=cast.wu, at=AT)
    refused_and_nothing_changed(lambda: decide(passed=True, words="x"), "备案处于暂停状态", *WATCHED)
    assert decide(passed=False, words="").passed is False


def test_who_may_not_does_nothing(cast: Cast) -> None:
    """别的机构、别的区、别的岗位、未登录的，什么也办不了。"""
    found = opened(cast)
    acts = {
        "opine": partial(operations.opine_on_term, number=found.number, words="x"),
        "decide": partial(operations.decide_term, number=found.number, passed=True, words="x"),
    }
    everybody = {name: getattr(cast, name) for name in ("lin", "shi", "zhou", "du", "lv", "tao", "ge")} | {"visitor": VISITOR}
    tries = [(f"{name} {act}", partial(attempt, by=who, at=AT), "。") for name, who in everybody.items() for act, attempt in acts.items()]
    all_refused_and_nothing_changed(tries, *WATCHED)
    assert {name for name, who in everybody.items() if queries.evaluations(who).exists()} == {"lin", "zhou", "tao", "ge"}
    assert operations.open_evaluation(filing=found.filing, by=PLATFORM, at=AT) == found
