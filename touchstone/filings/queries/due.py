"""到期事项: which bodies are to be reminded of renewal, which suspensions begin or should be looked at, on a day?"""

from collections import defaultdict
from datetime import date

from touchstone.filings.models import Filing, Suspension
from touchstone.filings.queries.changing import STANDING
from touchstone.filings.states import State
from touchstone.kernel.periods import add_months
from touchstone.ledger.queries import history
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.changing import REMINDERS, reminder_due
from touchstone.policy.filing.purposes import Purpose


def reminder_for(root: Filing, day: date) -> int | None:
    """This function will give how many months before its end the body of a filing is to be reminded now; None when it is not."""
    return _due([root], day).get(root.number)


def renewals_to_remind(day: date) -> list[str]:
    """This function will give the filings whose bodies are to be reminded on `day`: asked by nobody to be renewed, and not yet told."""
    last = add_months(day, max(in_force(one, day).value for one in REMINDERS))
    standing = Filing.objects.filter(root__isnull=True, state__in=STANDING, renewal_pending=False, until__gt=day, until__lte=last)
    return list(_due(list(standing.order_by("until", "id")), day))


def _due(roots: list[Filing], day: date) -> dict[str, int]:
    months = [in_force(one, day).value for one in REMINDERS]
    sent: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in history(*(root.number for root in roots)).filter(event="filing.renewal_reminded"):
        sent[line.subject, line.detail["until"]].append(line.detail["months"])
    found = {}
    for root in roots:
        if root.until is None or root.renewal_pending:
            continue
        due = reminder_due(root.until, day, months, sent[root.number, root.until.isoformat()])
        if due is not None:
            found[root.number] = due
    return found


def renewals_to_lapse(day: date) -> list[str]:
    """This function will give the renewals sent back to a body that let its time pass though the term is over."""
    late = Filing.objects.filter(purpose=Purpose.RENEW, state=State.RETURNED, root__until__lte=day)
    return list(late.filter(supplements__answered_at__isnull=True, supplements__due_on__lt=day).values_list("number", flat=True))


def suspensions_to_begin(day: date) -> list[int]:
    """This function will give the suspensions of whole filings whose day has come and whose filing does not show it yet."""
    found = Suspension.objects.filter(item__isnull=True, restored_at__isnull=True, since__lte=day, filing__state=State.ACCEPTED)
    return list(found.values_list("pk", flat=True))


def restorations_due(day: date) -> list[int]:
    """This function will give the suspensions whose planned day has come and of which nobody was reminded."""
    found = list(Suspension.objects.filter(restored_at__isnull=True, planned_until__lte=day, filing__state__in=STANDING).select_related("filing"))
    lines = history(*(one.filing.number for one in found)).filter(event="filing.restoration_due")
    seen = {(line.detail["suspension"], line.detail["planned_until"]) for line in lines}
    return [one.pk for one in found if one.planned_until and (one.pk, one.planned_until.isoformat()) not in seen]
