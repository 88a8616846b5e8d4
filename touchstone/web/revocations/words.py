"""撤销用语: how do states, verdicts and the people of a case stand on its pages?"""

from typing import TYPE_CHECKING, Any

from touchstone.policy.certificates.revocation import Verdict
from touchstone.print.dates import chinese_date
from touchstone.revocations.operations.changes import words_of
from touchstone.revocations.states import RequestState, RowState, State

if TYPE_CHECKING:
    from touchstone.revocations.models import Revocation, RevocationRow

_CASE_TONES = {
    State.OPENED: "neutral",
    State.NOTIFIED: "warn",
    State.PROPOSED: "info",
    State.ORDERED: "danger",
    State.CLOSED: "ok",
    State.WITHDRAWN: "neutral",
}
_ROW_TONES = {
    RowState.LISTED: "neutral",
    RowState.EXAMINED: "warn",
    RowState.ORDERED: "danger",
    RowState.KEPT: "ok",
    RowState.REVOKED: "danger",
    RowState.CORRECTED: "info",
    RowState.REVERSED: "ok",
}
_REQUEST_TONES = {
    RequestState.ASKED: "info",
    RequestState.CHECKED: "info",
    RequestState.GRANTED: "ok",
    RequestState.REFUSED: "danger",
    RequestState.TAKEN_BACK: "neutral",
}
STATES = {state.value: (state.label, _CASE_TONES[state]) for state in State}
ROW_STATES = {state.value: (state.label, _ROW_TONES[state]) for state in RowState}
REQUEST_STATES = {state.value: (state.label, _REQUEST_TONES[state]) for state in RequestState}


def pairs_of(case: "Revocation") -> list[tuple[str, Any]]:
    """This function will give what a case is about, as pairs."""
    pairs: list[tuple[str, Any]] = [
        ("事由", case.get_cause_display()),
        ("评价机构", case.body_words),
        ("证书", f"{case.row_count:,}本"),
        ("承办单位", case.office.name),
        ("提出单位", case.from_office.name if case.from_office else "平台"),
        ("来源", case.origin or "—"),
        ("立案日期", chinese_date(case.opened_at.date())),
    ]
    if case.heard_until:
        pairs.append(("陈述截止", chinese_date(case.heard_until)))
    if case.execute_by:
        pairs.append(("执行期限", f"{chinese_date(case.execute_by)}，逾期由平台执行"))
    return pairs


def certificate_pairs(row: "RevocationRow") -> list[tuple[str, Any]]:
    """This function will give what the certificate of a row says, as pairs."""
    one = row.certificate
    return [
        ("持证人", one.holder_name),
        ("证件号码", one.holder.id_masked),
        ("证书编号", one.number),
        ("职业（工种）", f"{one.occupation_label} {one.level_label}"),
        ("发证日期", chinese_date(one.issued_on)),
        ("评价机构", one.body_name),
    ]


def verdict_words(row: "RevocationRow", verdict: str) -> str:
    """This function will say what is proposed or decided about a row, a correction with what is to stand."""
    if not verdict:
        return "—"
    words = Verdict(verdict).label
    if verdict == Verdict.CORRECT and row.changes:
        words += "：" + "，".join(f"{name}改为{text}" for name, text in words_of(row.changes))
    return words
