"""职业更名告知: an occupation got another name or code; are the bodies filed for it told in writing, and do their lines carry it from its day?

Nothing is lost by it: no application is owed and no line ends.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.files.operations import attach
from touchstone.filings.models import CatalogueFlag, Filing, ScopeItem
from touchstone.filings.operations._case import bureau, locked, note
from touchstone.filings.queries.changing import LAW, STANDING, line_told
from touchstone.filings.queries.routing import root_of
from touchstone.filings.states import State
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter

if TYPE_CHECKING:
    from touchstone.catalogue.queries import Renaming

LABEL = "职业更名告知书"
_CLOSED = (State.REFUSED, State.WITHDRAWN)


@transaction.atomic
def tell_of_renaming(*, edition: str, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> list[CatalogueFlag]:
    """This function will note on every line in force of a renamed (or recoded) occupation what it is called now, and write each body a letter;
    the same change is told once.

    :raises NotAllowed: unless by the platform.
    """
    _check_platform(by)
    by_occupation = {pk: one for one in renamings for pk in (one.old.pk, one.new.pk)}
    told: dict[int, list[CatalogueFlag]] = defaultdict(list)
    for item in _in_force(list(by_occupation), at.date()):
        renaming = by_occupation[item.occupation_id]
        if item.since is None or item.since >= renaming.new.since:
            continue
        kept = {"what": renaming.told[:300], "flagged_at": at, "told_at": at, "settled_at": at}
        flag, made = CatalogueFlag.objects.get_or_create(edition=edition, item=item, defaults=kept)
        if made:
            told[root_of(item.filing).pk].append(flag)
    for pk, flags in told.items():
        _write(Filing.objects.get(pk=pk).number, edition, flags, by, at)
    return [flag for flags in told.values() for flag in flags]


def _write(number: str, edition: str, flags: list[CatalogueFlag], by: Actor, at: datetime) -> None:
    root = locked(number)
    what = list(dict.fromkeys(flag.what for flag in flags))
    lines = [line_told(flag.item) for flag in flags]
    letter = Letter(
        office=bureau(root, "decision").name,
        title="关于职业名称（编码）调整的告知书",
        number=f"{edition}-{root.number}",
        to=root.body.name,
        paragraphs=(
            f"你单位备案（{root.number}）涉及的下列职业，国家职业分类调整了名称或者编码：",
            *(f"{place}. {one}。" for place, one in enumerate(what, 1)),
            "你单位的评价范围、等级、考核点和备案有效期都不变，不需要申请变更；自该日起，认定计划、证书和公开名录使用新的名称和编码，以前核发的证书继续有效。",
        ),
        facts=(("依据", str(LAW)), ("涉及的评价范围", "；".join(lines)), ("需要办理的事项", "无")),
        day=chinese_date(at.date()),
    )
    attach(case=root.number, label=LABEL, name=f"{LABEL} {edition}.pdf", content=print_letter(letter), by=by, at=at)
    told = {"edition": edition, "lines": lines, "clause": str(LAW)}
    note("filing.occupation_renamed", root, by=by.with_key(""), at=at, reason="；".join(what), note="评价范围不变，无须申请变更", **told)


@transaction.atomic
def carry_renamings(*, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> int:
    """This function will let lines in force, and drafts, name an occupation as it is called (and coded) from its day on, and count the lines;
    what was decided or has ended keeps the former name.

    :raises NotAllowed: unless by the platform.
    """
    _check_platform(by)
    pairs, moved = {one.old.pk: one for one in renamings}, defaultdict[str, list[ScopeItem]](list)
    standing = Q(until__isnull=True) | Q(until__gt=at.date())
    rows = ScopeItem.objects.select_for_update(of=("self",)).filter(standing, occupation__in=list(pairs)).exclude(filing__state__in=_CLOSED)
    for item in rows.select_related("filing__root").order_by("filing_id", "id"):
        renaming = pairs[item.occupation_id]
        item.occupation = renaming.new
        item.save(update_fields=["occupation"])
        moved[root_of(item.filing).number].append(item)
    for number, items in moved.items():
        told = sorted({pairs_told(renamings, item) for item in items})
        detail = {"items": [item.pk for item in items]}
        note("filing.name_carried", Filing.objects.get(number=number), by=by.with_key(""), at=at, reason="；".join(told), **detail)
    return sum(len(items) for items in moved.values())


def pairs_told(renamings: "Sequence[Renaming]", item: ScopeItem) -> str:
    """This function will say which change a line has just followed."""
    return next(one.told for one in renamings if one.new.pk == item.occupation_id)


def _in_force(occupations: list[int], day: date) -> list[ScopeItem]:
    standing = Q(filing__root__isnull=True, filing__state__in=STANDING) | Q(filing__root__state__in=STANDING)
    found = ScopeItem.objects.filter(standing, occupation__in=occupations, since__isnull=False).filter(Q(until__isnull=True) | Q(until__gt=day))
    return list(found.select_related("filing__body", "filing__root", "occupation", "trade", "standard", "venue").order_by("filing_id", "id"))


def _check_platform(by: Actor) -> None:
    if not by.is_platform:
        raise NotAllowed("职业更名的告知由平台自动办理。", LAW, "可以在目录调整页面查看结果。")
