"""撤销和支持的事实: which certificate numbers stand in a workbook, and whom do decided cases keep from policy support?"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.accounts import queries as people
from touchstone.bodies.queries.restricted import restrictions_among
from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.certificates.revocation import LAW
from touchstone.policy.supervision.restrictions import Barred, Restriction, body_not_restricted, person_may_be_supported
from touchstone.policy.violations.acts import Party
from touchstone.sheets.child import read_rows
from touchstone.sheets.cleaning import clean_code
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import Shape

if TYPE_CHECKING:
    from touchstone.accounts.models import Restriction as Kept
    from touchstone.certificates.models import Certificate

NUMBER = "证书编号"
_SHAPE = Shape("证书清单", "证书", (NUMBER,))


def numbers_of_workbook(name: str, content: bytes) -> list[str]:
    """This function will read the column 证书编号 of any workbook, in order, each once. :raises Refusal: for what is none, or has no such column."""
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-numbers-") as folder:
        path = Path(folder) / "sent.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, _SHAPE) as reading:
                found = [clean_code(row.values.get(NUMBER, "")).text for row in reading.rows]
        except FileRefused as fault:
            raise Refusal(fault.sentence, LAW, f"工作簿中要有一列“{NUMBER}”。") from fault
    return [number for number in dict.fromkeys(found) if number]


@dataclass(frozen=True)
class KeptAway:
    """Whom and which bodies decided cases keep from policy support (`通知 三(四)2`), read once for many rows."""

    bodies: dict[int, list[Restriction]]
    people: "dict[int, list[Kept]]"

    @staticmethod
    def of(certificates: "Iterable[Certificate]") -> "KeptAway":
        """This function will read what keeps the holders and the issuing bodies of some certificates away; two reads."""
        found = list(certificates)
        bodies = restrictions_among({one.body_id for one in found}, Barred.SUPPORT)
        return KeptAway(bodies, people.restrictions_among({one.holder_id for one in found}, Party.CANDIDATE))

    def why(self, certificate: "Certificate", paid_on: date) -> str:
        """This method will say why nothing is paid on a certificate, or nothing. A body's restriction counts on the day of issue: whoever got
        theirs before it does not pay for the body; a person's counts on the day of payment."""
        of_body = body_not_restricted(Barred.SUPPORT, self.bodies.get(certificate.body_id, ()), certificate.issued_on)
        if of_body.outcome is not Outcome.MET:
            return f"发证机构{of_body.reason}"
        standing = [one for one in self.people.get(certificate.holder_id, ()) if one.since <= paid_on < one.until]
        last = max(standing, key=lambda one: one.until, default=None)
        found = person_may_be_supported(last.case if last else "", last.until if last else None, paid_on)
        return "" if found.outcome is Outcome.MET else f"持证人{found.reason}"
