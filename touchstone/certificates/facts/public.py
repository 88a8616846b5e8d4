"""公开内容: what do the public logs say of a certificate and of a key?

Nobody's name and no number of a certificate: the digest of what was signed, which holds a salted commitment and a signature, so that only whoever has
the certificate finds its line.
"""

from typing import TYPE_CHECKING

from touchstone.certificates.facts.keys import code_of
from touchstone.logs.lines import PublicLine

if TYPE_CHECKING:
    from touchstone.certificates.models import Credential, IssuerKey


def issued_line(credential: "Credential | None") -> PublicLine | None:
    """This function will say that a certificate was issued; nothing of one that was not signed."""
    if credential is None:
        return None
    return PublicLine("certificate.issued", {"credential": credential.fingerprint, "body": code_of(credential.key)})


def changed_lines(kind: str, credential: "Credential | None") -> list[PublicLine]:
    """This function will say that a certificate was revoked, suspended or restored; nothing of one that was not signed."""
    return [PublicLine(f"certificate.{kind}", {"credential": credential.fingerprint})] if credential else []


def key_line(kind: str, row: "IssuerKey") -> PublicLine:
    """This function will say that a key was added or retired."""
    return PublicLine(f"key.{kind}", {"key": row.fingerprint, "body": code_of(row), "until": row.until.isoformat()})
