"""虚构撤销案件: how do the cases of revocation of the small city come about, by the real operations: one finished, one being heard, one request?"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.queries import of_plan
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Cause, Verdict
from touchstone.revocations import operations as acts
from touchstone.revocations.queries import case as case_of
from touchstone.revocations.queries import rows_of
from touchstone.simulation.cast import actor_of, person_of
from touchstone.simulation.evaluation import at_hour

if TYPE_CHECKING:
    from touchstone.exams.models import Plan


def tell_revocations(older: "Plan", newer: "Plan", today: date) -> None:
    """This function will bring a case about three certificates of the older plan to its end (one revoked, one corrected, one kept), have another
    about two of the newer heard, and let 陈一诺 ask for a certificate to be issued again."""
    clerk, leader, issuer = (actor_of(name, today) for name in ("wang", "wu", "gu"))
    days = calendar()
    _finished(older, clerk, leader, issuer, at_hour(days.add_working_days(today, -9), 9))
    chen = person_of("chen")
    others = [one.number for one in of_plan(newer.number).filter(state="issued").exclude(holder=chen)[:2]]
    _open(others, Cause.OUT_OF_SCOPE, "抽查发现考核当日该工种尚未列入备案范围，待核实。", clerk, at_hour(days.add_working_days(today, -2), 10))
    own = of_plan(newer.number).filter(holder=chen, state="issued").first()
    if own is not None:
        asked = at_hour(days.add_working_days(today, -1), 15)
        acts.ask_reissue(certificate_number=own.number, words="搬家时遗失，申请补发。", by=actor_of("chen", today), at=asked)


def _finished(plan: "Plan", clerk: Actor, leader: Actor, issuer: Actor, at: datetime) -> None:
    numbers = [one.number for one in of_plan(plan.number).filter(state="issued")[:3]]
    number = _open(numbers, Cause.WRONG, "证书数据与成绩册、备案范围核对不符。", clerk, at)
    rows = list(rows_of(case_of(number, PLATFORM), PLATFORM))
    name = rows[1].certificate.holder_name
    said = [(Verdict.REVOKE, "成绩册无此人实操成绩，不应发证。", {}), (Verdict.CORRECT, "姓名登记有误。", {"姓名": f"{name[0]}嘉{name[-1]}"})]
    said.append((Verdict.KEEP, "经核对成绩册无误。", {}))
    heard = at + timedelta(days=1)
    for row, (verdict, reason, changes) in zip(rows, said, strict=True):
        told = {"number": number, "rows": [row.number], "verdict": verdict, "reason": reason, "changes": changes}
        acts.propose_rows(**told, by=clerk, at=heard)  # type: ignore[arg-type]
    days = calendar()
    sent = at_hour(days.add_working_days(at.date(), 6), 9)
    acts.send_up(number=number, by=clerk, at=sent)
    acts.decide_rows(number=number, rows=(), by=leader, at=sent + timedelta(hours=3))
    acts.execute_rows(number=number, rows=(), by=issuer, at=at_hour(days.add_working_days(sent.date(), 1), 9))


def _open(numbers: list[str], cause: Cause, reason: str, clerk: Actor, at: datetime) -> str:
    number = acts.open_case(cause=cause, origin="", clause_words="", certificate_numbers=numbers, reason=reason, by=clerk, at=at)
    acts.notify_holders(number=number, by=clerk, at=at)
    return number
