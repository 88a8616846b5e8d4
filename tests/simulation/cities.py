"""测试用城市: a small city in a fiftieth of a district, grown once for a whole file, and what identifies a city."""

import hashlib
from datetime import datetime

from django.apps import apps

from tests.cast import SHANGHAI

TODAY = datetime(2026, 6, 10, 10, 0, tzinfo=SHANGHAI)
"""A Wednesday."""
FIFTIETH = {"bodies": 20, "plans": 40, "candidates": 1200}

_COLUMNS = {
    "accounts.Person": ("name", "birthday", "sex", "phone_masked"),
    "accounts.User": ("username",),
    "bodies.Body": ("number", "name", "uscc", "kind", "district", "site_code"),
    "bodies.Room": ("name", "purpose", "seats"),
    "bodies.StaffMember": ("duty", "qualification", "since"),
    "filings.Filing": ("number", "state", "step", "in_force_from", "until"),
    "exams.Plan": ("number", "title", "exam_on", "state", "quota"),
    "exams.Candidate": ("number", "name", "state", "satisfied_condition", "claims", "ticket_number", "result"),
    "exams.Sitting": ("number", "part", "starts_at"),
    "exams.Seat": ("seat_number", "present"),
    "exams.ScoreEntry": ("part", "value"),
    "certificates.Certificate": ("number", "holder_name", "issued_on", "basis"),
    "notices.PublicNotice": ("number", "title", "closes_on"),
    "tasks.Task": ("case", "title", "due_on", "outcome"),
    "ledger.Series": ("name", "last"),
}


def fingerprints() -> dict[str, str]:
    """Hash the columns of every table that say what a city is; what is sealed or keyed differs from one installation to another."""
    found = {}
    for label, columns in _COLUMNS.items():
        rows = sorted(repr(row) for row in apps.get_model(label).objects.values_list(*columns))
        found[label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
