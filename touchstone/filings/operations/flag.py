"""目录调整标记: the catalogue has changed; which lines of filings rest on what is gone, and are their bodies told in writing?"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.files.operations import attach
from touchstone.filings.facts import scope_facts
from touchstone.filings.models import CatalogueFlag, Filing, ScopeItem
from touchstone.filings.operations._case import bureau, locked, note, owes
from touchstone.filings.queries.changing import LAW, STANDING, line_told
from touchstone.filings.queries.routing import root_of
from touchstone.policy.filing.catalogue_change import amend_by, what_was_lost
from touchstone.policy.roles import BodyKind, Role
from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter
from touchstone.tasks.operations import close_tasks

MATTER = "filing.catalogue_flag"
LABEL = "目录调整告知书"


@transaction.atomic
def flag_resting_on(*, edition: str, codes: Collection[str], day: date, by: Actor, at: datetime) -> list[CatalogueFlag]:
    """This function will flag every line in force that rests on what a change of catalogue took away on `day`, write each body a letter, and
    put the change before it with a deadline. `edition` names the change, `codes` the occupations it touches; the same change flags once.

    :raises NotAllowed: unless by the platform.
    """
    if not by.is_platform:
        raise NotAllowed("目录调整的标记由平台自动办理。", LAW, "可以在目录调整页面查看结果。")
    lost_on, flags = max(day, at.date()), dict[int, list[CatalogueFlag]]()
    for item in _resting(codes, at.date()):
        root = root_of(item.filing)
        facts = scope_facts(item)
        found = what_was_lost(BodyKind(item.filing.body.kind), facts, lost_on)
        if found is None:
            continue
        within = amend_by(facts, lost_on, at.date())
        flag, made = CatalogueFlag.objects.get_or_create(
            edition=edition, item=item, defaults={"what": found.reason[:300], "due_on": within.value, "flagged_at": at}
        )
        if made:
            flags.setdefault(root.pk, []).append(flag)
    for pk, theirs in flags.items():
        _tell(Filing.objects.get(pk=pk).number, edition, theirs, by, at)
    return [flag for theirs in flags.values() for flag in theirs]


def _resting(codes: Collection[str], day: date) -> list[ScopeItem]:
    """The lines in force of these occupations that no open flag names yet."""
    standing = Q(filing__root__isnull=True, filing__state__in=STANDING) | Q(filing__root__state__in=STANDING)
    found = ScopeItem.objects.filter(standing, occupation__code__in=codes, since__isnull=False).filter(Q(until__isnull=True) | Q(until__gt=day))
    found = found.exclude(flags__settled_at__isnull=True, flags__isnull=False)
    return list(found.select_related("filing__body", "filing__root", "occupation", "trade", "standard", "venue").order_by("filing_id", "id"))


def _tell(number: str, edition: str, flags: list[CatalogueFlag], by: Actor, at: datetime) -> None:
    root = locked(number)
    due_on = min(flag.due_on for flag in flags if flag.due_on)
    lines = [f"{line_told(flag.item)}：{flag.what}" for flag in flags]
    office = bureau(root, "decision")
    letter = Letter(
        office=office.name,
        title="关于职业目录（标准）调整后变更备案的告知书",
        number=f"{edition}-{root.number}",
        to=root.body.name,
        paragraphs=(
            f"你单位备案（{root.number}）的下列评价范围，因国家职业分类、可备案目录或者国家职业标准调整，不能再按原备案评价：",
            *(f"{place}. {line}。" for place, line in enumerate(lines, 1)),
            f"请在{chinese_date(due_on)}前申请变更备案。期限内未申请变更的，上述范围自动终止；以前核发的证书继续有效，由你单位继续承担责任。",
        ),
        facts=(("依据", str(LAW)), ("申请变更的期限", chinese_date(due_on)), ("办理方式", "登录平台，在备案件中选择“申请变更”")),
        day=chinese_date(at.date()),
    )
    attach(case=root.number, label=LABEL, name=f"{LABEL} {edition}.pdf", content=print_letter(letter), by=by, at=at)
    CatalogueFlag.objects.filter(pk__in=[flag.pk for flag in flags]).update(told_at=at)
    title = "职业目录或者标准已调整，请在期限内申请变更"
    owes(root, MATTER, title, office=root.body.office, role=Role.BODY_FILER, by=by, at=at, due_on=due_on)
    said = "；".join(lines)
    told = {"edition": edition, "due_on": due_on.isoformat(), "lines": lines}
    note("filing.flagged", root, by=by.with_key(""), at=at, reason=said, note=f"请在{due_on}前申请变更", clause=str(LAW), **told)


def settle_flags(root: Filing, items: Iterable[int], *, case: str, by: Actor, at: datetime) -> None:
    """This function will settle what was flagged on lines that end; part of the operation that ends them, whose number is `case`."""
    CatalogueFlag.objects.filter(item_id__in=list(items), settled_at__isnull=True).update(settled_at=at, settled_by_case=case)
    family = Q(item__filing=root) | Q(item__filing__root=root)
    if not CatalogueFlag.objects.filter(family, settled_at__isnull=True).exists():
        close_tasks(case=root.number, matter=MATTER, by=by, at=at, outcome=f"已由{case}了结")


def unsettle_flags(*, case: str) -> None:
    """This function will open again what a case had settled; part of the operation that undoes the case."""
    CatalogueFlag.objects.filter(settled_by_case=case).update(settled_at=None, settled_by_case="")
