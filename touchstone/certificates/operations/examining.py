"""核查: a decision above says that a certificate should not have been issued; until it is decided about, everybody who verifies it is told so."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.certificates.facts.public import changed_lines
from touchstone.certificates.models import Certificate, CertificateSet
from touchstone.certificates.operations.publishing import tell_lists
from touchstone.certificates.states import Standing
from touchstone.ledger.operations import record


@transaction.atomic
def begin_examination(*, candidate_number: str, case: str, reason: str, by: Actor, at: datetime) -> list[Certificate]:
    """This function will mark the valid certificates of a candidate as examined and give those marked; once is enough. What becomes of them is
    decided in a case of revocation. The app that decided has checked who may.
    """
    found = _locked().filter(candidate_number=candidate_number, state=Certificate.State.VALID, examined_since__isnull=True)
    return _begin(found, case, reason, by=by, at=at)


@transaction.atomic
def examine(*, numbers: Collection[str], case: str, reason: str, by: Actor, at: datetime) -> list[Certificate]:
    """This function will mark those of these certificates as examined that are valid and not examined yet, and give them. The app that decided has
    checked who may.
    """
    found = _locked().filter(number__in=numbers, state=Certificate.State.VALID, examined_since__isnull=True)
    return _begin(found, case, reason, by=by, at=at)


@transaction.atomic
def end_examination(*, case: str, reason: str, by: Actor, at: datetime) -> int:
    """This function will take the mark off what is examined by a case that was undone, and count it. The app that undid it has checked who may."""
    return _end(_locked().filter(examined_case=case, state=Certificate.State.VALID), reason, by=by, at=at)


@transaction.atomic
def stop_examining(*, numbers: Collection[str], reason: str, by: Actor, at: datetime) -> int:
    """This function will take the mark off these certificates, whatever case put it there, and count them. The app that decided has checked who
    may.
    """
    found = _locked().filter(number__in=numbers, state=Certificate.State.VALID, examined_since__isnull=False)
    return _end(found, reason, by=by, at=at)


def _begin(marked: CertificateSet, case: str, reason: str, *, by: Actor, at: datetime) -> list[Certificate]:
    found = list(marked)
    for one in found:
        one.examined_since, one.examined_case = at.date(), case
        one.save(update_fields=["examined_since", "examined_case"])
        public = changed_lines("suspended", tell_lists(one, Standing.SUSPENDED, at=at))
        record("certificate.examination_begun", one.number, by=by.with_key(""), at=at, reason=reason, detail={"case": case}, public=public)
    return found


def _end(marked: CertificateSet, reason: str, *, by: Actor, at: datetime) -> int:
    found = list(marked)
    for one in found:
        detail = {"case": one.examined_case}
        one.examined_since, one.examined_case = None, ""
        one.save(update_fields=["examined_since", "examined_case"])
        public = changed_lines("restored", tell_lists(one, Standing.VALID, at=at))
        record("certificate.examination_ended", one.number, by=by.with_key(""), at=at, reason=reason, detail=detail, public=public)
    return len(found)


def _locked() -> CertificateSet:
    return Certificate.objects.select_for_update(of=("self",)).select_related("body").order_by("pk")
