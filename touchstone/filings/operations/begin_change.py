"""开始变更和续期: an amendment or a renewal of a filing in force is begun, and an amendment says what it changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import checked_name
from touchstone.files.operations import carry_over
from touchstone.filings import permissions
from touchstone.filings.models import DraftSection, Filing, ScopeItem
from touchstone.filings.operations._case import NothingToDo, locked, note
from touchstone.filings.operations.begin import RESTRICTED
from touchstone.filings.operations.save import check_editable
from touchstone.filings.queries.changing import LAW, barred_findings, changes_of, check_may_begin, place_of
from touchstone.filings.queries.people import filed_leader
from touchstone.filings.queries.scope import lines_of
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import all_met
from touchstone.ledger.numbering import next_serial
from touchstone.policy.filing.purposes import Change, Purpose
from touchstone.policy.filing.routes import which_route
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.tasks.operations import close_tasks

PREFILLED = ("identity", "systems", "questions", "self_score")
"""What a renewal starts with; the promise is given anew."""
REMINDED = "filing.renew"
"""The matter of the task with which a body is reminded of renewal."""


@transaction.atomic
def begin_amendment(*, number: str, kinds: Iterable[Change], by: Actor, at: datetime) -> Filing:
    """This function will begin an amendment (变更) of a filing in force; what it changes is chosen now, and decides its steps.

    :raises NotAllowed: for others than the body's filers. :raises Refusal: when nothing is chosen, or see `check_may_begin`.
    """
    chosen = [change.value for change in Change if change in set(kinds)]
    root = _root(number, Purpose.AMEND, by, at)
    if not chosen:
        raise Refusal("没有选择要变更的内容。", LAW, "请至少选择一项。")
    all_met(barred_findings(root.body, Purpose.AMEND, [Change(kind) for kind in chosen], at.date()), RESTRICTED)
    filing = _begin(root, Purpose.AMEND, {"kinds": chosen}, by, at)
    if _scores(chosen):
        _prefill(filing, root, ("self_score",), by, at)
    note("filing.begun", filing, by=by, at=at, note=f"{filing.purpose_label}（{'、'.join(Change(kind).label for kind in chosen)}）", clause=str(LAW))
    return filing


def _scores(chosen: list[str]) -> bool:
    return bool({Change(kind) for kind in chosen} - {Change.PEOPLE, Change.NAME})


@transaction.atomic
def begin_renewal(*, number: str, by: Actor, at: datetime) -> Filing:
    """This function will begin the renewal (续期) of a filing in force: a draft filled with what stands, its files and its scope.

    :raises NotAllowed: for others than the body's filers. :raises Refusal: see `check_may_begin`.
    """
    root = _root(number, Purpose.RENEW, by, at)
    filing = _begin(root, Purpose.RENEW, {}, by, at)
    _prefill(filing, root, PREFILLED, by, at)
    taken = {place_of(line): line for line in lines_of(root, at.date())}
    ScopeItem.objects.bulk_create(
        ScopeItem(filing=filing, occupation=one.occupation, trade=one.trade, level=one.level, standard=one.standard, venue=one.venue)
        for one in taken.values()
    )
    carry_over(from_case=_whole_cases(root)[-1].number, to_case=filing.number, by=by, at=at)
    close_tasks(case=root.number, matter=REMINDED, by=by, at=at, outcome="已开始填报续期")
    note("filing.begun", filing, by=by, at=at, note=f"续期（{len(taken)}项范围，有效期至{root.until}前）", clause=str(LAW))
    return filing


@transaction.atomic
def write_changes(
    *, number: str, name: str, people: str, reason: str, ends: Iterable[int], by: Actor, at: datetime, leader: str = ""
) -> Filing:
    """This function will keep what an amendment says of itself: the new name, the new legal representative (`people`) and head of assessment
    (`leader`), why, and which lines it takes away. Which key staff came and went, the register of staff tells.

    :raises Refusal: while it is locked, when the name is another's, or a line is not one that stands.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    if filing.purpose != Purpose.AMEND or filing.root is None:
        raise NothingToDo("只有变更申请需要填写变更内容。", LAW, "请从备案件进入变更。")
    chosen, wanted = changes_of(filing), sorted(set(ends))
    standing = {one.pk for one in lines_of(filing.root, at.date())}
    if set(wanted) - standing:
        raise Refusal("所选的范围已经不在有效备案内。", LAW, "请刷新页面，重新选择要减少的范围。")
    said: dict[str, Any] = {"kinds": [change.value for change in chosen], "reason": reason.strip(), "ends": wanted}
    if Change.NAME in chosen:
        said |= {"name": checked_name(name, filing.body) if name.strip() else "", "former_name": filing.body.name}
    if Change.PEOPLE in chosen:
        said |= {"people": people.strip(), "former_people": filing.body.legal_representative}
        said |= {"leader": leader.strip(), "former_leader": filed_leader(filing.root)}
    filing.changes, filing.saved_at = said, at
    filing.save(update_fields=["changes", "saved_at"])
    note("filing.changes_written", filing, by=by, at=at, changes=said)
    return filing


def _root(number: str, purpose: Purpose, by: Actor, at: datetime) -> Filing:
    root = locked(number)
    permissions.check_may(by, "write", root)
    check_may_begin(root, purpose, at.date())
    return root


def _begin(root: Filing, purpose: Purpose, changes: dict[str, Any], by: Actor, at: datetime) -> Filing:
    body = root.body
    route = which_route(BodyKind(body.kind), Ownership(body.ownership), at.date())
    return Filing.objects.create(
        number=f"BA{at:%Y}{body.district}{next_serial(f'filing-{at:%Y}'):05d}",
        body=body,
        purpose=purpose,
        root=root,
        changes=changes,
        route=route.key,
        state=State.DRAFTED,
        begun_at=at,
        saved_at=at,
    )


def _whole_cases(root: Filing) -> list[Filing]:
    """The filing and its renewals that were granted, oldest first: each of them showed everything."""
    return [root, *root.changes_of.filter(purpose=Purpose.RENEW, state=State.ACCEPTED).order_by("id")]


def _prefill(filing: Filing, root: Filing, keys: Iterable[str], by: Actor, at: datetime) -> None:
    """Write into the draft what the last whole case of the family said, with the papers of the lines added since."""
    contents: dict[str, Any] = {section.key: section.content for section in _whole_cases(root)[-1].sections.filter(key__in=list(keys))}
    amended = DraftSection.objects.filter(key="questions", filing__root=root, filing__purpose=Purpose.AMEND, filing__state=State.ACCEPTED)
    for section in amended.order_by("filing_id"):
        if "questions" in contents:
            sets = contents["questions"].get("sets", {}) | section.content.get("sets", {})
            contents["questions"] = contents["questions"] | {"sets": sets}
    if "identity" in contents and (leader := filed_leader(root)):
        contents["identity"] = contents["identity"] | {"leader": leader}
    DraftSection.objects.bulk_create(
        DraftSection(filing=filing, key=key, content=content, saved_at=at, saved_by_id=by.user_id) for key, content in contents.items()
    )
