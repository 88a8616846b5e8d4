"""备案计数: how many filings were accepted, renewed and ended by a decision made here?"""

from django.db.models import Count, Q

from touchstone.filings.models import Filing, Termination
from touchstone.filings.states import GRANTED
from touchstone.policy.filing.purposes import Purpose


def decided_filings() -> dict[str, int]:
    """This function will count, by the kind of entry that each left in the public log. What was filed before the platform has no decision here."""
    granted = Filing.objects.filter(state__in=sorted(GRANTED), decisions__accepted=True)
    counted = granted.aggregate(
        accepted=Count("pk", filter=Q(purpose=Purpose.NEW), distinct=True), renewed=Count("pk", filter=Q(purpose=Purpose.RENEW), distinct=True)
    )
    ended = Termination.objects.filter(whole=True).count()
    return {"filing.accepted": counted["accepted"], "filing.renewed": counted["renewed"], "filing.terminated": ended}
