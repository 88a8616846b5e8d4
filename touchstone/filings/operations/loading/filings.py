"""装入备案与评价范围: what comes of a row that tells of a filing, or of a line of its scope?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from touchstone.catalogue import queries as catalogue
from touchstone.filings.facts import scope_facts
from touchstone.filings.models import Filing, ScopeItem, Suspension
from touchstone.filings.operations._case import note
from touchstone.filings.operations.loading.bodies import no_body
from touchstone.filings.operations.loading.known import Came, Known, LeftOut, made, refused, unchanged
from touchstone.filings.states import State
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Outcome
from touchstone.ledger.numbering import next_serial
from touchstone.policy.documents import notice
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.loading import AS_IT_STANDS, begun_before, route_as_filed, still_in_force
from touchstone.policy.filing.routes import IN_FORCE_FROM, route_named
from touchstone.policy.filing.scope import check_scope_item
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.sheets.existing import ExistingRow
from touchstone.sheets.existing_fields import SUSPENDED

if TYPE_CHECKING:
    from touchstone.bodies.queries import BodyRow, BodyVenue
    from touchstone.catalogue.queries import OccupationRow, StandardRow, TradeRow

_ONE_DAY = timedelta(days=1)


def take_filing(row: ExistingRow, known: Known) -> Came:
    """This function will load a filing as it stands: its own days, no step of ours before it."""
    body = known.body(row.text("uscc"))
    if body is None:
        return refused(no_body(row))
    if sentence := known.ground(body):
        return refused(sentence)
    since, last = row.day("since"), row.day("last_day")
    if since is None or last is None:
        return refused("备案生效日和有效期至都要填写")
    term = Period(since, last + _ONE_DAY)
    former = row.text("former_number")
    if standing := known.filings(body).get(former):
        if (standing.in_force_from, standing.until) != (term.since, term.until):
            return refused(f"该备案已经装入，有效期是{standing.in_force_from}至{_last(standing.until)}，与表中不一致；装入的备案不能用表格改动")
        return unchanged(f"该备案已经装入，编号{standing.number or '同上'}")
    finding = begun_before(term, known.day)
    if finding.outcome is not Outcome.MET:
        return refused(finding.reason)
    standing_today = still_in_force(term, known.day)
    if standing_today.outcome is not Outcome.MET:
        return _as_history(row, body, former, term, standing_today.reason, known)
    suspended = row.text("state") == SUSPENDED
    if suspended and (why := _why_not_suspended(row, term, known.day)):
        return refused(why)
    if known.dry:
        known.would_be_filings[body.uscc][former] = Filing(body=body, former_number=former, in_force_from=term.since, until=term.until)
        return made("将装入备案" + ("（暂停评价）" if suspended else ""), [])
    filing = _load(body, former, term, known)
    things: dict[str, object] = {"filing": filing.number}
    if suspended:
        things["suspension"] = _suspend(filing, row, row.day("suspended_on") or term.since, known).pk
    detail = {"loading": known.loading.number, "former_number": former, "clause": str(AS_IT_STANDS.on(filing.rules_day or known.day).clause)}
    words = f"原备案编号{former}，{term.since}至{last}"
    note("filing.loaded", filing, by=known.by.with_key(""), at=known.at, note=words, **detail)
    return made(f"装入为备案{filing.number}", [], **things)


def _as_history(row: ExistingRow, body: "BodyRow", former: str, term: Period, reason: str, known: Known) -> Came:
    """A filing that has ended comes in ended on its own day: the register tells of it, and nothing can be planned or changed under it."""
    warnings = ["期满前的暂停评价没有登记"] if row.text("state") == SUSPENDED else []
    if known.dry:
        known.would_be_filings[body.uscc][former] = Filing(body=body, former_number=former, in_force_from=term.since, until=term.until)
        return made(reason.replace("作为", "将作为"), warnings)
    filing = _load(body, former, term, known, state=State.TERMINATED)
    detail = {"loading": known.loading.number, "former_number": former, "clause": str(AS_IT_STANDS.on(filing.rules_day or known.day).clause)}
    words = f"历史备案，原备案编号{former}，{term.since}至{_last(term.until)}"
    note("filing.loaded", filing, by=known.by.with_key(""), at=known.at, note=words, **detail)
    return made(f"{reason}，编号{filing.number}", warnings, filing=filing.number)


def _last(until: date | None) -> str:
    return str(until - _ONE_DAY) if until else "长期"


def _why_not_suspended(row: ExistingRow, term: Period, day: date) -> str:
    since = row.day("suspended_on")
    if since is None or not row.text("suspended_because"):
        return "现状为暂停评价的，须填写暂停起始日和暂停理由"
    return "" if since in term and since <= day else f"暂停起始日{since}应在备案有效期内，且不晚于今天"


def _load(body: "BodyRow", former: str, term: Period, known: Known, *, state: State = State.ACCEPTED) -> Filing:
    route = route_as_filed(BodyKind(body.kind), Ownership(body.ownership), known.day)
    rules_day = max(term.since, IN_FORCE_FROM)
    serial = next_serial(f"filing-{known.at:%Y}")
    return Filing.objects.create(
        number=f"BA{known.at:%Y}{body.district}{serial:05d}",
        body=body,
        route=route,
        rules_day=rules_day,
        state=state,
        step=route_named(route, rules_day).steps[-1].key,
        begun_at=known.at,
        saved_at=known.at,
        in_force_from=term.since,
        until=term.until,
        loaded_from=known.loading.number,
        former_number=former,
    )


def _suspend(filing: Filing, row: ExistingRow, since: date, known: Known) -> Suspension:
    filing.move_to(State.SUSPENDED)
    return Suspension.objects.create(
        filing=filing,
        since=since,
        reason=row.text("suspended_because"),
        clause=str(notice("三(四)2")),
        suspended_at=known.at,
    )


def take_scope(row: ExistingRow, known: Known) -> Came:
    """This function will load one occupation (trade) at its levels at one venue; what today's list or standards say against it is told, for
    it is loaded as it stands."""
    body = known.body(row.text("uscc"))
    if body is None:
        return refused(no_body(row))
    if sentence := known.ground(body):
        return refused(sentence)
    filing, venue = _filing(row, body, known), _venue(row, body, known)
    occupation = known.occupation(row.text("code"))
    if occupation is None:
        return refused(f"职业目录中没有编码{row.text('code')}，请先在“职业目录”登记，或改用现行编码")
    trade = _trade(row, occupation)
    return _lines(row, filing, venue, occupation, trade, _standard(row, occupation, body, trade, known), known)


def _lines(
    row: ExistingRow, filing: Filing, venue: "BodyVenue", occupation: "OccupationRow", trade: "TradeRow | None", standard: "StandardRow", known: Known
) -> Came:
    last = row.day("last_day")
    since, until = row.day("since") or filing.in_force_from, last + _ONE_DAY if last else filing.until
    if since is None or until is None or filing.in_force_from is None or filing.until is None:
        return refused("该备案没有期限，请核对“备案”表")
    if not (filing.in_force_from <= since < until <= filing.until):
        return refused(f"评价范围的起止日应在备案有效期{filing.in_force_from}至{_last(filing.until)}之内")
    name = row.text("occupation")
    warnings = [] if not name or name in occupation.name or occupation.name in name else [f"编码{occupation.code}在目录中是“{occupation.name}”"]
    items, there = [], []
    for level in row.values["levels"]:
        key = (filing.former_number, occupation.code, trade.name if trade else "", level, venue.name)
        if until > known.day and (elsewhere := known.line_elsewhere(filing.body, key)):
            return refused(f"“{occupation.name}”{Level(level).label}在“{venue.name}”已在备案{elsewhere}中有效，不能重复装入")
        item = ScopeItem(occupation=occupation, trade=trade, level=level, standard=standard, since=since, until=until)
        if _is_there(filing, venue, item, key, known):
            there.append(Level(level).label)
        else:
            items.append(item)
            against = _against(item, filing, known) if until > known.day else []  # today's list says nothing of what is over
            warnings += [one for one in against if one not in warnings]
    if not items:
        return unchanged(f"“{occupation.name}”{'、'.join(there)}已经装入")
    levels = "、".join(Level(item.level).label for item in items)
    if there:
        warnings.append(f"{'、'.join(there)}已经装入，没有重复")
    if known.dry:
        return made(f"将装入{levels}，依据《{standard.title}》", warnings)
    for item in items:
        item.filing, item.venue = filing, venue
        item.save()
    return made(f"已装入{levels}，依据《{standard.title}》", warnings, items=[item.pk for item in items], filing_of=filing.number)


def _is_there(filing: Filing, venue: "BodyVenue", item: ScopeItem, key: tuple[object, ...], known: Known) -> bool:
    if (filing.body.uscc, *key) in known.would_be_lines:
        return True
    known.would_be_lines.add((filing.body.uscc, *key))
    if not filing.pk or not venue.pk:
        return False
    return ScopeItem.objects.filter(filing=filing, occupation=item.occupation, trade=item.trade, level=item.level, venue=venue).exists()


def _against(item: ScopeItem, filing: Filing, known: Known) -> list[str]:
    """What today's list and standards say against a line."""
    kind = BodyKind(filing.body.kind)
    key = (kind, item.occupation_id, item.trade_id, item.level, item.standard_id)
    if key not in known.findings:
        known.findings[key] = check_scope_item(kind, scope_facts(item, known.listed), known.day)
    return [finding.reason for finding in known.findings[key] if finding.outcome is not Outcome.MET]


def _filing(row: ExistingRow, body: "BodyRow", known: Known) -> Filing:
    filings, former = known.filings(body), row.text("former_number")
    if former:
        if former not in filings:
            raise LeftOut(f"“备案”表中没有该机构编号为“{former}”的备案，或者它没有装入")
        return filings[former]
    if len(filings) != 1:
        raise LeftOut("该机构装入的备案不止一项，请填写原备案编号" if filings else "“备案”表中没有该机构的备案，或者它没有装入")
    return next(iter(filings.values()))


def _venue(row: ExistingRow, body: "BodyRow", known: Known) -> "BodyVenue":
    venues, name = known.venues(body), row.text("venue")
    if name:
        if name not in venues:
            raise LeftOut(f"“考核点”表和平台上都没有该机构名为“{name}”的考核点")
        return venues[name]
    if len(venues) != 1:
        raise LeftOut("该机构的考核点不止一个，请填写考核点名称" if venues else "该机构没有考核点，请先填写“考核点”表")
    return next(iter(venues.values()))


def _trade(row: ExistingRow, occupation: "OccupationRow") -> "TradeRow | None":
    name = row.text("trade")
    found = catalogue.trades_of(occupation).filter(name=name).last() if name else None
    if name and found is None:
        raise LeftOut(f"目录中“{occupation.name}”没有工种“{name}”，请核对，或先在“职业目录”登记")
    return found


def _standard(row: ExistingRow, occupation: "OccupationRow", body: "BodyRow", trade: "TradeRow | None", known: Known) -> "StandardRow":
    """The standard named, or the one in force for the occupation, the national before the body's own."""
    told = row.text("standard")
    usable = [one for one in known.standards_for(occupation) if one.kind == "national" or (body.pk and one.owner_id == body.office_id)]
    fitting = [one for one in usable if one.trade is None or (trade is not None and one.trade.name == trade.name)]
    if told:
        fitting = [one for one in fitting if told in {one.number, one.title, str(one), f"《{one.title}》"}]
    if not fitting and told:
        raise LeftOut(f"没有登记编号或名称为“{told}”的标准适用于“{occupation.name}”，请先在“标准”登记")
    if not fitting:
        raise LeftOut(f"“{occupation.name}”没有登记国家职业标准或本机构的评价规范，请先在“标准”登记")
    return fitting[0]
