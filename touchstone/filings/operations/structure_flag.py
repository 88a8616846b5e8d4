"""标准结构变动与备案: which filings rest on a standard whose contents have changed? They stand, and their bodies are told what to look over."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import CatalogueFlag, Filing, ScopeItem
from touchstone.filings.operations._case import note
from touchstone.filings.queries.changing import LAW, STANDING
from touchstone.filings.queries.routing import root_of
from touchstone.policy.eligibility.levels import Level

EVENT = "filing.structure_changed"


@transaction.atomic
def flag_structure(
    *, standard: str, structure: str, touched: Callable[[int], str], day: date, by: Actor, at: datetime
) -> list[str]:
    """This function will mark every line in force on an edition whose level a new structure changes from `day` on (`touched` says what in words,
    empty where nothing did), once for each version, note it on the filing, and give the filings' numbers.

    A line goes on as it stands, so nothing is due: the edition is the same, only its contents moved. :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("标准变动的标记由平台自动办理。", LAW, "可以在标准结构页面查看变动。")
    standing = Q(filing__root__isnull=True, filing__state__in=STANDING) | Q(filing__root__state__in=STANDING)
    lines = ScopeItem.objects.filter(standing, standard__number=standard, since__lt=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    told: dict[int, list[str]] = defaultdict(list)
    roots: dict[int, Filing] = {}
    for line in lines.select_related("filing__root", "filing__body", "occupation", "standard").order_by("filing_id", "id"):
        why = touched(line.level)
        if not why:
            continue
        what = f"{line.standard}{Level(line.level).label}的内容自{day}起有变动（{structure}）：{why}"[:300]
        kept = {"what": what, "flagged_at": at, "told_at": at, "settled_at": at}
        _, made = CatalogueFlag.objects.get_or_create(edition=structure, item=line, defaults=kept)
        if made:
            root = root_of(line.filing)
            roots[root.pk] = root
            told[root.pk].append(f"{Level(line.level).label}{why}")
    for pk, words in told.items():
        reason = f"所依据的标准自{day}起有变动：{'；'.join(dict.fromkeys(words))}"
        given = {"structure": structure, "standard": standard}
        note(EVENT, roots[pk], by=by.with_key(""), at=at, reason=reason, note="请核对考核方案、题库和评价计划", **given)
    return [roots[pk].number for pk in told]
