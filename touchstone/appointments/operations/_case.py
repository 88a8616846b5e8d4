"""评聘办理公用: how is a round locked, and which offices look on?"""

from datetime import datetime

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.appointments.models import Round
from touchstone.tasks.operations import send_copy


def locked(number: str) -> Round:
    """This function will give a round, held until the transaction ends. :raises Round.DoesNotExist:"""
    return Round.objects.select_for_update(of=("self",)).select_related("body__office").get(number=number)


def tell_offices(found: Round, title: str, words: str, *, by: Actor, at: datetime) -> None:
    """This function will show a round to the district of registration and to the centre, for their information."""
    offices = [city_centre()]
    if found.body.district:
        offices.append(district_bureau(found.body.district))
    for office in offices:
        send_copy(case=found.number, title=title[:200], office_id=office.pk, words=words, by=by, at=at)
