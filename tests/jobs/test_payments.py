"""缴费测试: paid once whatever is said how often; given back when it must be; a wrong, slow, doubled or absent answer moves no money."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.exams.conftest import draft, item, plan  # noqa: F401
from tests.exams.test_own_registration import filled, handed_in, open_plan  # noqa: F401
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import NotAllowed
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Payment, Plan
from touchstone.exams.operations import payments as operations
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.own_changes import withdraw_oneself
from touchstone.exams.operations.plan_report import cancel_plan
from touchstone.jobs.adapters.payment import Gateway, PaymentUnavailable
from touchstone.jobs.payments import ask_provider, settle_fees
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.simulation.payment_gateway import SimulatedProvider


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedProvider]:
    """Give a running provider; nobody hears what it tells by itself, unless a test says so."""
    server = SimulatedProvider(0, "secret")
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TOUCHSTONE_PAYMENT_URL", server.url)
    monkeypatch.setenv("TOUCHSTONE_PAYMENT_SECRET", "secret")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mine(cast: Cast, open_plan: Plan) -> Candidate:  # noqa: F811
    """Give 陈, registered by themselves for 280 yuan and eligible."""
    made = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    work = {"periods": [{"since": "2015-01-01", "until": None, "relation": "same"}]}
    for kind, facts in ((ProofKind.EMPLOYMENT, {}), (ProofKind.WORK, work)):
        check_evidence(number=made.number, kind=kind, facts=facts, remark="已核", by=cast.sun, at=cast.at)
    return Candidate.objects.select_related("plan").get()


def asked(candidate: Candidate) -> Client:
    """Press the button, and give the browser."""
    browser = client("chen")
    browser.post(f"/me/registrations/{candidate.number}/pay")
    return browser


def state() -> str:
    """Give where the one fee stands."""
    return str(Payment.objects.get().state)


def heard(provider: SimulatedProvider, number: str, signature: str = "") -> int:
    """Tell the platform what the provider would, and give its answer."""
    body, right = provider.told(number)
    answer = Client().post("/pay/notice", body, content_type="application/json", headers={"X-Signature": signature or right})
    return answer.status_code


def test_the_fee_is_paid_once_however_often_it_is_told(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    """点两次缴费是一张单；通知来三次只入账一次。"""
    for _ in range(2):
        asked(mine)
    number = Payment.objects.get().number
    assert list(provider.orders) == [number] and state() == "waiting"
    provider.orders[number]["state"] = "paid"
    assert [heard(provider, number) for _ in range(3)] == [200, 200, 200]
    assert state() == "paid" and Entry.objects.filter(event="payment.paid").count() == 1
    assert "已缴费" in client("chen").get(f"/me/registrations/{mine.number}").content.decode()


def test_what_is_not_signed_is_not_believed(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    asked(mine)
    number = Payment.objects.get().number
    provider.orders[number]["state"] = "paid"
    assert heard(provider, number, "伪造".encode().hex()) == 400 and state() == "waiting"
    provider.orders[number]["amount"] = 1
    assert heard(provider, number) == 409 and state() == "waiting"
    provider.orders["JF0"] = {"state": "paid", "amount": 280}
    assert heard(provider, "JF0") == 409
    assert Client().post("/pay/notice", b"[]", content_type="application/json").status_code == 400


def test_a_lost_notice_is_asked_for(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    """通知丢了，后台去问。"""
    asked(mine)
    assert ask_provider(cast.at) == 0
    provider.orders[Payment.objects.get().number]["state"] = "paid"
    assert [ask_provider(cast.at), ask_provider(cast.at)] == [1, 0] and state() == "paid"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"code": 500}, id="故障"),
        pytest.param({"code": 403}, id="拒绝"),
        pytest.param({"answer": {"address": "https://elsewhere.example/pay"}}, id="别处的地址"),
        pytest.param({"answer": {"address": None}}, id="没有地址"),
    ],
)
def test_a_wrong_answer_gets_a_sentence(wrong: dict[str, Any], cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    provider.wrong = wrong
    page = client("chen").post(f"/me/registrations/{mine.number}/pay", follow=True).content.decode()
    assert "没有扣款" in page and "缴费280元" in page and state() == "waiting"


def test_slow_absent_or_unreadable_means_later(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    asked(mine)
    number = Payment.objects.get().number
    provider.wrong = {"answer": {"state": "也许", "amount": 280}}
    assert ask_provider(cast.at) == 0 and state() == "waiting"
    provider.wrong = {"answer": {"state": "paid", "amount": 28}}
    assert ask_provider(cast.at) == 0 and state() == "waiting"
    provider.wrong = {"seconds": 0.6}
    for gateway in (Gateway(provider.url, "secret", timeout=0.2), Gateway("http://127.0.0.1:9", "secret", timeout=0.2)):
        with pytest.raises(PaymentUnavailable):
            gateway.order(reference=number, amount=280, title="车工", back="/", notify="/")
    with pytest.raises(PaymentUnavailable):
        Gateway(provider.url, "wrong").state_of(number)


def _paid(mine: Candidate, provider: SimulatedProvider, cast: Cast) -> None:
    asked(mine)
    provider.orders[Payment.objects.get().number]["state"] = "paid"
    ask_provider(cast.at)


def test_who_leaves_in_time_gets_it_back_once(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    _paid(mine, provider, cast)
    withdraw_oneself(number=mine.number, reason="", by=cast.chen, at=cast.at)
    assert [settle_fees(cast.at), settle_fees(cast.at)] == [1, 0] and state() == "refund_due"
    provider.wrong = {"code": 500}
    assert ask_provider(cast.at) == 0 and state() == "refund_due"
    provider.wrong = {}
    assert [ask_provider(cast.at), ask_provider(cast.at)] == [1, 0] and state() == "refunded"
    assert provider.orders[Payment.objects.get().number]["state"] == "refunded"


def test_who_leaves_late_does_not(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    _paid(mine, provider, cast)
    late = cast.at + timedelta(days=16)
    withdraw_oneself(number=mine.number, reason="", by=cast.chen, at=late)
    settle_fees(late)
    assert state() == "kept" and "考试费不退" in Payment.objects.get().finding["reason"]


def test_a_cancelled_plan_gives_everything_back(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    _paid(mine, provider, cast)
    late = cast.at + timedelta(days=16)
    cancel_plan(number=mine.plan.number, reason="设备故障", by=cast.sun, at=late)
    settle_fees(late)
    assert state() == "refund_due"


def test_money_that_comes_after_the_end_goes_back(cast: Cast, mine: Candidate, provider: SimulatedProvider) -> None:
    asked(mine)
    number = Payment.objects.get().number
    withdraw_oneself(number=mine.number, reason="", by=cast.chen, at=cast.at)
    settle_fees(cast.at)
    assert state() == "lapsed"
    provider.orders[number]["state"] = "paid"
    assert heard(provider, number) == 200 and state() == "refund_due"
    assert ask_provider(cast.at) == 1 and state() == "refunded"


def test_nobody_pays_before_they_are_eligible(cast: Cast, open_plan: Plan) -> None:  # noqa: F811
    made = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    with pytest.raises(Refusal, match="资格审核通过以后"):
        operations.begin_payment(candidate_number=made.number, by=cast.chen, at=cast.at)
    with pytest.raises(NotAllowed):
        operations.begin_payment(candidate_number=made.number, by=cast.sun, at=cast.at)
    assert state() == "due"


def test_without_a_provider_the_page_says_whom_to_ask(cast: Cast, mine: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOUCHSTONE_PAYMENT_URL", raising=False)
    page = client("chen").post(f"/me/registrations/{mine.number}/pay", follow=True).content.decode()
    assert "还没有接通网上缴费" in page and state() == "due"
    assert ask_provider(cast.at) == 0


def test_the_body_sees_its_list_and_exports_it(cast: Cast, mine: Candidate) -> None:
    address = f"/body/plans/{mine.plan.number}/fees"
    assert mine.number in client("sun").get(address).content.decode()
    assert "缴费名单" in client("sun").get(f"/body/plans/{mine.plan.number}").content.decode()
    assert client("sun").get(address, {"export": "csv"}).status_code == 200
    assert Entry.objects.get(event="list.exported").detail["what"] == "payments"
    assert {client(who).get(address).status_code for who in ("shi", "zhou", "chen")} == {403}
    assert client("").get(address).status_code == 302


def test_who_still_owes_keeps_the_review_open(cast: Cast, mine: Candidate) -> None:
    """没有缴费的，不能完成审核，并点出姓名；写明理由免缴后可以完成；免缴后又付了的退回。"""
    number, call = Payment.objects.get().number, dict[str, Any](by=cast.sun, at=cast.at)
    with pytest.raises(Refusal, match="1名符合条件的考生没有缴费：陈一诺") as told:
        close_review(number=mine.plan.number, **call)
    assert told.value.details == (f"陈一诺（{mine.number}，280元，待缴费）",)
    with pytest.raises(Refusal, match="免缴的理由"):
        operations.waive_fee(number=number, reason=" ", **call)
    for by in (cast.shi, cast.zhou, cast.chen):
        with pytest.raises(NotAllowed):
            operations.waive_fee(number=number, reason="减免", by=by, at=cast.at)
    browser, address = client("sun"), f"/body/plans/{mine.plan.number}/fees"
    row = str(Payment.objects.get().pk)
    assert "将免缴下列1笔" in browser.post(address, {"action": "waive", "row": row}).content.decode()
    done = browser.post(address, {"action": "waive", "row": row, "confirmed": "1", "words": "单位统一转账"}).content.decode()
    assert "已免缴1笔" in done and state() == "waived"
    operations.waive_fee(number=number, reason="再点一次", **call)
    assert Entry.objects.filter(event="payment.waived").count() == 1
    assert close_review(number=mine.plan.number, **call).state == "reviewed"
    operations.note_paid(number=number, amount=280, at=cast.at)
    assert state() == "refund_due"
    with pytest.raises(Refusal, match="不能免缴"):
        operations.waive_fee(number=number, reason="减免", **call)
