"""目录调整查询: which lines were flagged, by when must each be put right, and what has come of it?"""

from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from touchstone.accounts.actor import Actor
from touchstone.filings.models import CatalogueFlag, Filing
from touchstone.filings.states import OVER
from touchstone.policy.filing.purposes import Purpose

OUTCOMES = {
    "told": ("仅告知，无须办理", "neutral"),
    "settled": ("已了结", "ok"),
    "asked": ("已申请变更", "info"),
    "late": ("逾期未申请", "danger"),
    "open": ("期限内", "warn"),
}


def catalogue_flags(actor: Actor, day: date) -> QuerySet[CatalogueFlag]:
    """This function will give what was flagged on the actor's ground, with the root's number (`root_number`) and the `outcome` of each row."""
    seen = Filing.objects.visible_to(actor)
    found = CatalogueFlag.objects.annotate(root=Coalesce(F("item__filing__root"), F("item__filing")))
    found = found.annotate(root_number=Coalesce(F("item__filing__root__number"), F("item__filing__number")))
    asked = Filing.objects.filter(root=OuterRef("root"), purpose=Purpose.AMEND, submitted_at__gte=OuterRef("flagged_at")).exclude(state__in=OVER)
    outcome = Case(
        When(due_on__isnull=True, then=Value("told")),
        When(settled_at__isnull=False, then=Value("settled")),
        When(Exists(asked), then=Value("asked")),
        When(due_on__lt=day, then=Value("late")),
        default=Value("open"),
        output_field=CharField(),
    )
    mine = found.filter(Q(item__filing__in=seen) | Q(item__filing__root__in=seen)).annotate(outcome=outcome)
    rows = mine.select_related("item__occupation", "item__trade", "item__standard", "item__venue", "item__filing__body")
    return rows.order_by("due_on", "id")


def renamed_lines(root: Filing) -> QuerySet[CatalogueFlag]:
    """This function will give what a filing was told of changes of name or code, the latest first."""
    family = Q(item__filing=root) | Q(item__filing__root=root)
    return CatalogueFlag.objects.filter(family, due_on__isnull=True).order_by("-flagged_at", "id")


def open_flags(root: Filing) -> QuerySet[CatalogueFlag]:
    """This function will give what is flagged on a filing and not settled, the most urgent first."""
    family = Q(item__filing=root) | Q(item__filing__root=root)
    found = CatalogueFlag.objects.filter(family, settled_at__isnull=True)
    return found.select_related("item__occupation", "item__trade", "item__standard", "item__venue").order_by("due_on", "id")
