"""变更与续期查询: what of a filing stands, what would a change add and take away, and may one be begun?"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.bodies.queries import expiry_evaluation
from touchstone.bodies.queries.restricted import barred_from
from touchstone.filings.facts import body_kind_of, rules_day, scope_rows
from touchstone.filings.models import Filing, ScopeItem
from touchstone.filings.queries.people import StaffChange, staff_changes
from touchstone.filings.queries.scope import lines_of
from touchstone.filings.states import OVER, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, Outcome
from touchstone.policy.documents import notice
from touchstone.policy.filing.changing import (
    ChangeFacts,
    changes_written,
    evidence_shown,
    expiry_evaluation_passed,
    renewal_may_be_asked,
    renewal_may_be_decided,
)
from touchstone.policy.filing.purposes import Change, Purpose
from touchstone.policy.filing.routes import which_route
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.policy.supervision.restrictions import Barred

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

LAW = notice("三(四)3")
STANDING = frozenset({State.ACCEPTED, State.SUSPENDED})


def place_of(item: ScopeItem) -> tuple[str, str, int, int]:
    """This function will name the place a line takes in a scope: occupation, trade, level, venue; by whichever standard."""
    return (item.occupation.code, item.trade.name if item.trade else "", item.level, item.venue_id)


def kind_of(item: ScopeItem, standing: list[ScopeItem]) -> Change | None:
    """This function will say what a line would change in a scope: the first that is new of occupation, level, venue, standard; or nothing."""
    code, trade, level, venue = place_of(item)
    places = {place_of(one) for one in standing}
    if not any(place[:2] == (code, trade) for place in places):
        return Change.OCCUPATION
    if not any(place[:3] == (code, trade, level) for place in places):
        return Change.LEVEL
    if (code, trade, level, venue) not in places:
        return Change.VENUE
    same = [one for one in standing if place_of(one) == (code, trade, level, venue)]
    return None if any(one.standard_id == item.standard_id for one in same) else Change.STANDARD


def changes_of(filing: Filing) -> list[Change]:
    """This function will give the kinds of change an amendment was begun for."""
    return [Change(kind) for kind in filing.changes.get("kinds", [])]


def ended_by(filing: Filing, day: date) -> list[ScopeItem]:
    """This function will give the lines an amendment takes away: those named, and those whose place a line by another standard takes."""
    if filing.root is None or filing.purpose != Purpose.AMEND:
        return []
    if "ended" in filing.changes:  # it has taken effect: what it ended stays told
        kept = ScopeItem.objects.filter(pk__in=filing.changes["ended"])
        return list(kept.select_related("occupation", "trade", "standard", "venue").order_by("id"))
    named, taken = set(filing.changes.get("ends", [])), {place_of(item) for item in scope_rows(filing)}
    return [one for one in lines_of(filing.root, day) if one.pk in named or place_of(one) in taken]


def change_facts(filing: Filing, day: date) -> ChangeFacts:
    """This function will give what an amendment says, as the rules read it."""
    standing = lines_of(filing.root, day) if filing.root else []
    added = {kind for item in scope_rows(filing) if (kind := kind_of(item, standing))}
    said = filing.changes
    return ChangeFacts(
        chosen=frozenset(changes_of(filing)),
        added=frozenset(added),
        ended=len(ended_by(filing, day)),
        name=said.get("name", ""),
        former_name=said.get("former_name", filing.body.name),
        people=said.get("people", ""),
        leader=said.get("leader", ""),
        staff=len(staff_changes(filing, day)) if Change.PEOPLE in changes_of(filing) else 0,
        reason=said.get("reason", ""),
    )


WIDENS = frozenset({Change.OCCUPATION, Change.LEVEL, Change.VENUE})


def barred_findings(body: "Body", purpose: Purpose, changes: Iterable[Change], day: date) -> tuple[Finding, ...]:
    """This function will find whether no decided case keeps a body from what an application asks for: filing anew, or a wider scope. What keeps a
    filing as it is, its renewal included, is not barred."""
    if purpose is Purpose.NEW:
        return (barred_from(body, Barred.FILE, day),)
    return (barred_from(body, Barred.WIDEN, day),) if WIDENS & set(changes) else ()


def change_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find whether an amendment says what it changes."""
    return (changes_written(change_facts(filing, day), rules_day(filing, day)),)


def evidence_wanted(filing: Filing, day: date) -> tuple[str, ...]:
    """This function will give the kinds of evidence handed in with this application."""
    counts = rules_day(filing, day)
    return evidence_shown(body_kind_of(filing), Purpose(filing.purpose), changes_of(filing), counts).value


@dataclass(frozen=True)
class Difference:
    """What an amendment or renewal does to a filing: lines before and after, lines that go, name and people before and after, key staff
    who came and went."""

    added: list[ScopeItem] = field(default_factory=list)
    ended: list[ScopeItem] = field(default_factory=list)
    kept: list[ScopeItem] = field(default_factory=list)
    kinds: tuple[str, ...] = ()
    name: tuple[str, str] | None = None
    people: tuple[str, str] | None = None
    leader: tuple[str, str] | None = None
    staff: tuple[StaffChange, ...] = ()
    reason: str = ""


def difference(filing: Filing, day: date) -> Difference | None:
    """This function will give what an application changes, before and after; None for a new filing."""
    if filing.root is None:
        return None
    if filing.purpose == Purpose.RENEW:
        asked = {place_of(item) for item in scope_rows(filing)}
        standing = lines_of(filing.root, day)
        kept = [one for one in standing if place_of(one) in asked]
        return Difference(ended=[one for one in standing if place_of(one) not in asked], kept=kept)
    ended = ended_by(filing, day)
    gone, own, said = {one.pk for one in ended}, {item.pk for item in scope_rows(filing)}, filing.changes
    return Difference(
        added=scope_rows(filing),
        ended=ended,
        kept=[one for one in lines_of(filing.root, day) if one.pk not in gone | own],
        kinds=tuple(change.label for change in changes_of(filing)),
        name=(said.get("former_name", ""), said["name"]) if said.get("name") else None,
        people=(said.get("former_people", ""), said["people"]) if said.get("people") else None,
        leader=(said.get("former_leader", ""), said["leader"]) if said.get("leader") else None,
        staff=tuple(staff_changes(filing, day)) if Change.PEOPLE in changes_of(filing) else (),
        reason=said.get("reason", ""),
    )


def difference_told(filing: Filing, day: date) -> dict[str, Any]:
    """This function will write down what an application changes, as it is frozen with a submission."""
    found = difference(filing, day)
    if found is None:
        return {}
    lines = {key: [line_told(one) for one in getattr(found, key)] for key in ("added", "ended", "kept")}
    told = {"name": found.name, "people": found.people, "leader": found.leader, "staff": [asdict(one) for one in found.staff]}
    return {**lines, "kinds": list(found.kinds), **told, "reason": found.reason}


def line_told(item: ScopeItem) -> str:
    """This function will put a line of scope in words."""
    return f"{item}{item.level_label}·{item.standard}·{item.venue.name}"


def term_of(root: Filing) -> Period:
    """This function will give the term of a filing in force. :raises ValueError: for one that never was."""
    if root.in_force_from is None or root.until is None:
        raise ValueError(f"{root.number} is not in force")
    return Period(root.in_force_from, root.until)


def under_way(root: Filing, purpose: Purpose) -> Filing | None:
    """This function will give the amendment or renewal of a filing that is under way, if any."""
    return root.changes_of.filter(purpose=purpose).exclude(state__in=OVER).select_related("body").order_by("-id").first()


def check_may_begin(root: Filing, purpose: Purpose, day: date) -> Finding | None:
    """This function will let pass a change that may be begun on `day`, and give what the rules find of its time.

    :raises Refusal: when the filing does not stand, its term is over, one like it is under way, or no route takes a body of its kind today.
    """
    said = purpose.label
    if root.root_id is not None or root.state not in STANDING:
        sentence = f"备案{root.number}当前为“{root.state_label}”，不能申请{said}。"
        raise Refusal(sentence, LAW, "只有已备案且未终止的备案可以变更、续期；其他情形请重新申请备案。")
    if other := under_way(root, purpose):
        raise Refusal(f"本备案已有一件{said}申请{other.number}正在办理（{other.state_label}）。", LAW, "请继续办理该件；需要重来的，先撤回它。")
    which_route(BodyKind(root.body.kind), Ownership(root.body.ownership), day)
    if purpose is Purpose.RENEW:
        found = renewal_may_be_asked(term_of(root), day)
        if found.outcome is not Outcome.MET or root.renewal_pending:
            raise Refusal(f"{found.reason}。", found.clause, "请重新申请备案；以前核发的证书不受影响。")
        return found
    if root.until is not None and day >= root.until and not root.renewal_pending:
        raise Refusal(f"备案已于{root.until}期满，不能申请{said}。", LAW, "请重新申请备案。")
    return None


def why_not_begin(root: Filing, purpose: Purpose, day: date) -> str:
    """This function will give the sentence with which `check_may_begin` would refuse, or nothing."""
    try:
        check_may_begin(root, purpose, day)
    except Refusal as refusal:
        return str(refusal)
    return ""


def renewal_findings(filing: Filing, day: date) -> tuple[Finding, ...]:
    """This function will find what the decision on a renewal rests on beside the application: its time, and the end-of-filing evaluation."""
    if filing.root is None or filing.purpose != Purpose.RENEW:
        return ()
    evaluated = expiry_evaluation(filing.root.number)
    passed, summary = (evaluated.passed, evaluated.summary) if evaluated else (None, "")
    return (renewal_may_be_decided(term_of(filing.root), day), expiry_evaluation_passed(passed, summary, day))
