"""职业更名: assessors, commissions and pilots follow an occupation that got another name or code."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Func, Value

from touchstone.accounts.actor import Actor
from touchstone.bodies.models import Commission, Pilot, StaffMember
from touchstone.ledger.operations import record

if TYPE_CHECKING:
    from touchstone.catalogue.queries import Renaming


@transaction.atomic
def carry_renamings(*, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> int:
    """This function will let assessors' occupations, and the codes that commissions and pilots name, follow, and count the rows."""
    carried = 0
    for one in renamings:
        rows = StaffMember.objects.filter(occupation=one.old).update(occupation=one.new)
        if one.old.code != one.new.code:
            follow = Func(F("occupations"), Value(one.old.code), Value(one.new.code), function="array_replace")
            for kind in (Commission, Pilot):
                rows += kind.objects.filter(occupations__contains=[one.old.code]).update(occupations=follow)
        if rows:
            record("body.name_carried", one.new.code, by=by.with_key(""), at=at, reason=one.told, detail={"rows": rows})
        carried += rows
    return carried
