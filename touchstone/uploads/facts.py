"""证书数据的事实: rows as read are put beside what stands behind them, for a whole chunk at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.accounts.people import id_index
from touchstone.catalogue.queries import codes_of_each
from touchstone.certificates.queries import by_numbers, valid_held_by
from touchstone.exams.facts.behind import Behind, behind
from touchstone.filings.queries.scope import LineOnDay, lines_ever
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.policy.certificates.chain import Chain, Entrant, Evaluation, Filed, Told
from touchstone.policy.certificates.numbering import prefix_of
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.policy.exams.results import Score
from touchstone.policy.roles import BodyKind
from touchstone.sheets.certificates import CertificateRow
from touchstone.uploads.models import Entry
from touchstone.uploads.states import STANDING, Act

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.certificates.models import Certificate

_PARTS = (Part.THEORY, Part.PRACTICAL, Part.PANEL)


@dataclass(frozen=True)
class Gathered:
    """A row that could be read, and the whole chain behind it."""

    row: CertificateRow
    chain: Chain
    index: bytes


def told_by(row: CertificateRow) -> Told:
    """This function will give what a row without faults says."""
    values = row.values
    marks: dict[Part, Decimal | None] = {part: values.get(part.value) for part in _PARTS if values.get(part.value) is not None}
    return Told(
        row.text("number"),
        row.text("name"),
        row.text("id_kind"),
        row.text("id_number"),
        row.text("occupation_code"),
        row.text("trade"),
        Level(values["level"]),
        values["issued_on"],
        row.text("plan"),
        marks,
    )


def gather(
    rows: Sequence[CertificateRow],
    body: "Body",
    day: date,
    *,
    existing: bool = False,
    replacing: Mapping[int, Entry] | None = None,
    put_right: bool = False,
) -> list[Gathered]:
    """This function will put the rows of a chunk (all of them read without faults) beside what stands behind them; the number of queries does not
    grow with the rows. `replacing` are, by row, the entries that corrections take the place of; where the certificate itself was `put_right`, what
    was corrected stands for what the plan has on record."""
    told, replacing = [(row, told_by(row)) for row in rows], replacing or {}
    numbers = {one.number for _, one in told}
    people = {id_index(one.id_number, one.id_kind) for _, one in told}
    before = {bytes(one.id_index) for one in replacing.values() if one.id_index and put_right}
    codes = codes_of_each(one.occupation_code for _, one in told)
    stands = Behind() if existing else behind({one.plan for _, one in told}, people | before, body.pk)
    lines = lines_ever(body, day, {code for one in codes.values() for code in one}) if existing or put_right else []
    known, held = by_numbers(numbers), valid_held_by(people)
    there = _standing_rows(numbers, frozenset(one.pk for one in replacing.values()))
    seen: dict[str, int] = {}
    found = []
    for row, one in told:
        index = id_index(one.id_number, one.id_kind)
        registered, old = known.get(one.number), replacing.get(row.number) if put_right else None
        chain = Chain(
            one,
            _prefix(body, stands.kinds.get(one.plan, BodyKind(body.kind)), one.issued_on),
            _filed_on(lines, one, codes) if existing else stands.filed.get(one.plan),
            stands.evaluation(one.plan, index),
            stands.entrant(one.plan, index, one.name),
            _differences(one, registered, index, codes, body) if registered is not None else (),
            registered is not None and not registered.is_valid,
            f"本份第{seen[one.number]}行" if one.number in seen else there.get(one.number, ""),
            _other_held(one, held.get(index, []), codes),
        )
        if old is not None and not existing:
            chain = _put_right(chain, old, stands, lines, codes)
        seen.setdefault(one.number, row.number)
        found.append(Gathered(row, chain, index))
    return found


def _put_right(chain: Chain, old: Entry, stands: Behind, lines: Sequence[LineOnDay], codes: Mapping[str, frozenset[str]]) -> Chain:
    """The candidate is the one of before; what a correction changed stands for what was recorded of them. Trade and marks are asked of scope and
    pass mark all the same."""
    told, index = chain.told, bytes(old.id_index or b"")
    evaluation, entrant = stands.evaluation(told.plan, index), stands.entrant(told.plan, index, old.name)
    filed = chain.filed
    if evaluation is not None and told.trade != old.trade_name:
        filed = _filed_on(lines, told, codes, evaluation.exam_on)
        evaluation = _of_trade(evaluation, old, told)
    return replace(chain, evaluation=evaluation, entrant=_with_marks(entrant, old, told), filed=filed)


def _of_trade(evaluation: Evaluation, old: Entry, told: Told) -> Evaluation:
    return replace(evaluation, trade=told.trade) if evaluation.trade == old.trade_name else evaluation


def _with_marks(entrant: Entrant | None, old: Entry, told: Told) -> Entrant | None:
    if entrant is None:
        return None
    before = dict(zip(_PARTS, (old.theory, old.practical, old.panel), strict=True))
    marks = {part: Score(mark=mark) for part, mark in told.scores.items() if mark is not None and mark != before[part]}
    return replace(entrant, scores={**entrant.scores, **marks})


def _standing_rows(numbers: set[str], replacing: frozenset[int]) -> dict[str, str]:
    rows = Entry.objects.filter(number__in=list(numbers), act=Act.ENTER, state__in=[state.value for state in STANDING]).exclude(pk__in=replacing)
    return {number: f"批次{batch}第{row}行" for number, batch, row in rows.values_list("number", "batch__number", "row_number")}


def _prefix(body: "Body", kind: BodyKind, issued_on: date) -> str:
    try:
        return prefix_of(kind, body.site_code or "", max(issued_on, date(2024, 5, 1)), national_code=body.national_code)
    except Refusal:
        return ""


def _filed_on(lines: Sequence[LineOnDay], told: Told, codes: Mapping[str, frozenset[str]], on: date | None = None) -> Filed | None:
    """The line in force on a day (of issue, unless told); of those that were not, the last, so that the sentence can say so."""
    wanted, on = codes[told.occupation_code], on or told.issued_on
    fitting = [
        one
        for one in lines
        if one.item.occupation.code in wanted and (one.item.trade.name if one.item.trade else "") == told.trade and one.item.level == int(told.level)
    ]
    found = next((one for one in fitting if on in one.days), fitting[-1] if fitting else None)
    return Filed(wanted, told.trade, told.level, found.days, found.suspended) if found else None


def _other_held(told: Told, held: Sequence["Certificate"], codes: Mapping[str, frozenset[str]]) -> str:
    same = (one for one in held if one.occupation_code in codes[told.occupation_code] and one.trade_name == told.trade)
    return next((one.number for one in same if one.level == str(int(told.level)) and one.number != told.number), "")


def _differences(told: Told, one: "Certificate", index: bytes, codes: Mapping[str, frozenset[str]], body: "Body") -> tuple[str, ...]:
    """What the register says otherwise of the certificate with this number."""

    def lines() -> Iterator[tuple[str, bool]]:
        yield "评价机构", one.body_id == body.pk
        yield "姓名", one.holder_name_key == name_key(told.name)
        yield "证件号码", bytes(one.holder.id_index) == index
        yield "职业", one.occupation_code in codes[told.occupation_code]
        yield "工种", one.trade_name == told.trade
        yield "等级", one.level == str(int(told.level))
        yield "发证日期", one.issued_on == told.issued_on
        yield "认定计划", one.plan_number == told.plan
        for label, mine, theirs in zip(("理论成绩", "技能成绩", "综合评审成绩"), (one.theory, one.practical, one.panel), _PARTS, strict=True):
            yield label, mine == told.scores.get(theirs)

    return tuple(label for label, same in lines() if not same)
