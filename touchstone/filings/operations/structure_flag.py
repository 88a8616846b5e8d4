"""标准结构变动与备案: which filings rest on a standard whose contents have changed? They stand, and their bodies are told what to look over."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import Filing, ScopeItem
from touchstone.filings.operations._case import note
from touchstone.filings.queries.changing import LAW, STANDING
from touchstone.filings.queries.routing import root_of
from touchstone.ledger.queries import history
from touchstone.policy.eligibility.levels import Level

EVENT = "filing.structure_changed"


@transaction.atomic
def flag_structure(
    *, standard: str, structure: str, touched: Callable[[int], str], day: date, by: Actor, at: datetime
) -> list[str]:
    """This function will note on every filing with lines in force on an edition what its new structure changes from `day` on, level by level
    (`touched` says it in words, empty where nothing did), once for each version, and give the filings' numbers.

    A line goes on as it stands: the edition is the same, only its contents moved. :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("标准变动的标记由平台自动办理。", LAW, "可以在标准结构页面查看变动。")
    standing = Q(filing__root__isnull=True, filing__state__in=STANDING) | Q(filing__root__state__in=STANDING)
    lines = ScopeItem.objects.filter(standing, standard__number=standard, since__isnull=False).filter(Q(until__isnull=True) | Q(until__gt=day))
    found: dict[int, set[int]] = defaultdict(set)
    roots: dict[int, Filing] = {}
    for line in lines.select_related("filing__root", "filing__body", "occupation", "standard").order_by("filing_id", "id"):
        root = root_of(line.filing)
        roots[root.pk] = root
        found[root.pk].add(line.level)
    told = []
    for pk, levels in found.items():
        root = roots[pk]
        words = [f"{Level(level).label}{why}" for level in sorted(levels, reverse=True) if (why := touched(level))]
        if not words or history(root.number).filter(event=EVENT, detail__structure=structure).exists():
            continue
        reason = f"所依据的标准自{day}起有变动：{'；'.join(words)}"
        note(EVENT, root, by=by.with_key(""), at=at, reason=reason, note="请核对考核方案、题库和评价计划", structure=structure, standard=standard)
        told.append(root.number)
    return told
