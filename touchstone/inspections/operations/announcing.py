"""公告抽取: rosters, quotas and sources are bound and made public before any of the numbers exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.timezone import localtime, make_aware

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.facts import terms_of
from touchstone.inspections.models import Draw
from touchstone.inspections.operations._public import line_of_announcement
from touchstone.inspections.operations.freezing import locked
from touchstone.inspections.queries import sealed
from touchstone.inspections.states import DRAW_MOVES, DrawState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Finding, all_met, records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import in_force
from touchstone.policy.inspections import (
    INSPECTORS_A_BODY,
    LAW,
    Source,
    announced_before_chance,
    chance_suffices,
    inspectors_suffice,
)
from touchstone.policy.roles import Role
from touchstone.tasks.operations import open_task
from touchstone.trust.draw_teams import Terms, announcement
from touchstone.trust.draws import commitment


@dataclass(frozen=True)
class SourceTold:
    """A public event that will give numbers: which, at what moment, and where everybody reads its outcome."""

    source: Source
    draws_at: datetime
    where: str

    def plain(self) -> dict[str, str]:
        """This method will give the source as it is kept; its name holds the day, so that one draw of a lottery is meant and no other."""
        day = localtime(self.draws_at)
        return {"source": self.source.value, "name": f"{self.source.label} {day:%Y-%m-%d}", "at": day.isoformat(), "where": self.where.strip()}


@transaction.atomic
def announce(*, number: str, sources: Sequence[SourceTold], secret: bytes, by: Actor, at: datetime) -> Draw:
    """This function will make a draw public: digests of both rosters, quotas, sources, and the promise of the secret (32 bytes that the door makes).
    From here on nothing of it changes.

    :raises Refusal: where inspectors or public chance do not suffice, a number may exist already, a visit would come before a number, or somebody
        would read the outcome nowhere.
    """
    draw = locked(number)
    permissions.check_may(by, "announce", draw)
    state = DRAW_MOVES.check("announce", DrawState(draw.state))
    _check_sources(draw, sources)
    day, per_object = at.date(), in_force(INSPECTORS_A_BODY, at.date()).value
    terms = terms_of(draw, per_object)
    found = [
        announced_before_chance(at, [one.draws_at for one in sources]),
        chance_suffices([one.source for one in sources], day),
        _suffices(terms, at),
    ]
    all_met(found, "请调整来源、开奖时间或者增加检查人员后再公告。")
    draw.sources = [one.plain() for one in sources]
    draw.announcement = announcement(terms, [one["name"] for one in draw.sources], secret)
    draw.secret_sealed, draw.announced_at = sealed(number, "secret", secret), at
    draw.findings = [*draw.findings, *records(found)]
    draw.move_to(state)
    detail = {"announcement": draw.announcement, "sources": draw.sources, "commitment": commitment(secret), "findings": records(found)}
    record("inspection_draw.announced", number, by=by, at=at, detail=detail, public=line_of_announcement(draw, draw.announcement))
    last = max(one.draws_at for one in sources)
    title = f"录入公共随机数：{draw.plan.year}年度双随机抽取{draw.number}"
    office = draw.plan.office_id
    open_task(
        case=number, matter="enter_chance", title=title, office_id=office, role=Role.SUPERVISOR, by=by, at=at, due_on=localtime(last).date()
    )
    return draw


def _check_sources(draw: Draw, sources: Sequence[SourceTold]) -> None:
    if len({one.source for one in sources}) != len(sources):
        raise Refusal("同一种来源只能用一次。", LAW, "请改选不同的来源。")
    if not all(one.where.strip() for one in sources):
        raise Refusal("请写明每个来源的结果在哪里公布。", LAW, "例如：中国福利彩票官方网站开奖公告。")
    begins = make_aware(datetime.combine(draw.visits_from, time()))
    if any(one.draws_at >= begins for one in sources):
        raise Refusal("开奖时间须早于检查开始日。", LAW, "请改选较早的开奖，或者推迟检查开始日。")


def _suffices(terms: Terms, at: datetime) -> Finding:
    fewest = min(sum(entry.id not in one.recused_from for one in terms.inspectors) for entry in terms.entries)
    return inspectors_suffice(fewest, sum(terms.quotas.values()), sum(one.most for one in terms.inspectors), at.date())
