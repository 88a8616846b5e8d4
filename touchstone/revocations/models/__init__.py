"""证书撤销表: cases of revocation with the certificates in each, holders' requests, and the list of support that was paid."""

from touchstone.revocations.models.case import Revocation, RevocationRow, RevocationSet, RowSet
from touchstone.revocations.models.request import HolderRequest, Kind, RequestSet
from touchstone.revocations.models.support import SupportImport, SupportLine, SupportPayment, SupportSet

__all__ = [
    "HolderRequest",
    "Kind",
    "RequestSet",
    "Revocation",
    "RevocationRow",
    "RevocationSet",
    "RowSet",
    "SupportImport",
    "SupportLine",
    "SupportPayment",
    "SupportSet",
]
