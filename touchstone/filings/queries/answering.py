"""名录答复查询: what was a body ever filed for, is it filed for this on a day, and what has its register to tell?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from touchstone.filings.models import Filing, ScopeItem, Suspension, Termination
from touchstone.filings.queries.scope import _ALL, _stands, _suspended
from touchstone.filings.states import GRANTED
from touchstone.kernel.periods import Period
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.answer import Answer, Asked, FiledLine, answer
from touchstone.policy.filing.ending import EndKind
from touchstone.policy.filing.purposes import Change, Purpose

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

MOST_LINES = 5_000
"""No body has as many lines; what lies beyond is not looked at."""


@dataclass(frozen=True)
class Answered:
    """An answer with the rows of scope that speak."""

    answer: Answer
    items: tuple[ScopeItem, ...]


def filed_for(body: "Body", asked: Asked, day: date) -> Answered:
    """This function will say whether a body is filed for something on a day, in six queries however much it is filed for."""
    items = list(ScopeItem.objects.filter(filing__body=body, since__isnull=False).select_related(*_ALL).order_by("id")[:MOST_LINES])
    found = answer(lines_of(items), asked, day)
    speaking = {line.key for line in found.lines}
    chosen = [item for item in items if str(item.pk) in speaking]
    return Answered(found, tuple(sorted(chosen, key=lambda item: (item.occupation.code, str(item), -item.level, item.venue.name))))


def lines_of(items: Iterable[ScopeItem]) -> list[FiledLine]:
    """This function will give lines of scope as the rules read them, with their suspensions and ends."""
    known = list(items)
    roots = {(item.filing.root_id or item.filing_id) for item in known}
    pauses = _pauses(roots)
    ends = _ends(roots)
    return [_line(item, pauses, ends) for item in known]


def _line(item: ScopeItem, pauses: dict[tuple[str, int], list[Period]], ends: dict[int, str]) -> FiledLine:
    root = item.filing.root or item.filing
    pending = root.renewal_pending and item.until is not None and root.until is not None and item.until >= root.until
    assert item.since is not None
    return FiledLine(
        key=str(item.pk),
        code=item.occupation.code,
        trade=item.trade.name if item.trade else "",
        title=str(item),
        level=Level(item.level),
        district=item.venue.district,
        term=Period(item.since, None if pending else item.until),
        suspended=tuple(pauses["filing", root.pk] + pauses["filing", item.filing_id] * (root.pk != item.filing_id) + pauses["item", item.pk]),
        ended_by=ends.get(item.pk, ""),
    )


def _pauses(roots: set[int]) -> dict[tuple[str, int], list[Period]]:
    found: dict[tuple[str, int], list[Period]] = defaultdict(list)
    for one in Suspension.objects.filter(Q(filing__in=roots) | Q(filing__root__in=roots)).order_by("since", "id"):
        key = ("item", one.item_id) if one.item_id else ("filing", one.filing_id)
        if one.until is None or one.until > one.since:
            found[key].append(Period(one.since, one.until))
    return found


def _ends(roots: set[int]) -> dict[int, str]:
    """By which kind of end each line ended, where it did not simply expire."""
    changed = Filing.objects.filter(root__in=roots, state__in=GRANTED, changes__has_key="ended").values_list("changes", flat=True)
    found = {item: Purpose.AMEND.label for told in changed for item in told["ended"]}
    for one in Termination.objects.filter(filing__in=roots, undone_at__isnull=True).order_by("effective_on", "id"):
        found |= {line["item"]: EndKind(one.kind).label for line in one.lines}
    return found


@dataclass(frozen=True)
class Event:
    """Something of a body's register: on which day, what, of which filing, in words anybody may read."""

    on: date
    what: str
    filing: str
    words: str
    tone: str


def register_history(body: "Body") -> list[Event]:
    """This function will tell a body's history in the register, newest first: cases, terms, amendments, suspensions, ends, former names.

    Only what was granted is told; what was refused or withdrawn never stood in the register.
    """
    filings = list(Filing.objects.filter(body=body, state__in=GRANTED).select_related("root").order_by("id"))
    told = [event for one in filings for event in _of_filing(one)]
    pauses = Suspension.objects.filter(filing__in=filings).select_related("filing", "item__occupation", "item__trade")
    told += [event for one in pauses for event in _of_pause(one)]
    told += [event for one in Termination.objects.filter(filing__in=filings).select_related("filing") for event in _of_end(one)]
    for one in body.former_facts.all():
        told.append(Event(one.until, "机构信息变更", one.case, f"此前的名称是{one.name}，类别是{one.get_kind_display()}", "info"))
    return sorted(told, key=lambda event: event.on, reverse=True)


def _of_filing(one: Filing) -> list[Event]:
    if one.in_force_from is None or one.until is None:
        return []
    last = one.until - timedelta(days=1)
    until = f"有效期至{_words(last)}"
    match Purpose(one.purpose):
        case Purpose.NEW:
            former = f"，原备案编号{one.former_number}" if one.former_number else ""
            what = "备案（原有备案装入）" if one.loaded_from else "备案"
            return [Event(one.in_force_from, what, one.number, f"自当日起生效，{until}{former}", "ok")]
        case Purpose.RENEW:
            return [Event(one.in_force_from, "续期", one.number, f"备案{one.root or ''}续期，{until}", "ok")]
        case _:
            kinds = "、".join(Change(kind).label for kind in one.changes.get("kinds", []))
            return [Event(one.in_force_from, "备案变更", one.number, f"备案{one.root or ''}变更{kinds}", "info")]


def _of_pause(one: Suspension) -> list[Event]:
    what = f"“{one.item}”{one.item.level_label}" if one.item else "全部评价范围"
    found = [Event(one.since, "暂停评价", one.filing.number, f"{what}暂停评价", "warn")]
    return [*found, Event(one.until, "恢复评价", one.filing.number, f"{what}恢复评价", "ok")] if one.until else found


def _of_end(one: Termination) -> list[Event]:
    what = "整件备案终止" if one.whole else f"其中{len(one.lines)}项评价范围终止"
    found = [Event(one.effective_on, EndKind(one.kind).label, one.filing.number, f"{what}，依据{one.clause}", "danger")]
    if one.undone_at is None:
        return found
    undone = Event(localtime(one.undone_at).date(), "撤销终止", one.filing.number, f"撤销{_words(one.effective_on)}的终止决定，恢复原状", "ok")
    return [*found, undone]


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def open_scope(day: date) -> QuerySet[ScopeItem]:
    """This function will give every line of scope that stands on `day`, those suspended included and marked (`is_suspended`), by key."""
    found = ScopeItem.objects.filter(_stands(day, "until", "filing__"), since__lte=day)
    return found.annotate(is_suspended=_suspended(day)).order_by("id")


def suspended_scope(day: date) -> QuerySet[ScopeItem]:
    """This function will give every line of scope that would stand on `day`, were it not suspended."""
    return ScopeItem.objects.filter(_stands(day, "until", "filing__"), since__lte=day).filter(_suspended(day))
