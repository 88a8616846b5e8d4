"""查询办理情况: which lead does a number with its code open, and which are one's own?"""

import hmac

from touchstone.accounts.actor import Actor
from touchstone.accounts.people import field_key
from touchstone.accounts.queries import person_behind
from touchstone.complaints.models import Complainant, Lead, LeadSet
from touchstone.policy.roles import OfficeKind

CODE_COLUMN, PERSON_COLUMN = "complaints.lead.code", "complaints.complainant.person"


def code_index(number: str, code: str) -> bytes:
    """This function will give the blind index of a follow-up code, which is good for one number only."""
    told = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    return field_key().blind_index(f"{number}|{told}", CODE_COLUMN)


def receipt_open_to(number: str, code: str) -> Lead | None:
    """This function will give the complaint of this number where the code is its own; None for a wrong one, and where there is none."""
    found = followed(number.strip().upper())
    index = code_index(found.number if found else "-", code)
    if found is None or found.code_index is None or not hmac.compare_digest(bytes(found.code_index), index):
        return None
    return found


def followed(number: str) -> Lead | None:
    """This function will give a complaint by its number, for whoever has shown its code before, or for its own complainant."""
    return Lead.objects.select_related("office", "body", "joined_to__office").filter(number=number, code_index__isnull=False).first()


def own_leads(actor: Actor) -> LeadSet:
    """This function will give the complaints a candidate made under their own name, newest first."""
    person = person_behind(actor) if actor.office_kind is OfficeKind.CANDIDATE else None
    if person is None:
        return Lead.objects.none()
    mine = Complainant.objects.filter(person_mark=person_mark(person.number)).values("lead")
    return Lead.objects.select_related("office", "body", "joined_to__office").filter(pk__in=mine).order_by("-id")


def person_mark(number: str) -> bytes:
    """This function will give the blind index under which the complaints of one person meet."""
    return field_key().blind_index(number, PERSON_COLUMN)
