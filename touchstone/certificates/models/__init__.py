"""证书表: certificates, the keys that sign them, what was signed, and what their holders share."""

from touchstone.certificates.models.certificate import Certificate, CertificateSet
from touchstone.certificates.models.credential import Credential, StatusList
from touchstone.certificates.models.issuer_key import IssuerKey, IssuerKeySet
from touchstone.certificates.models.sharing import Checks, Share

__all__ = ["Certificate", "CertificateSet", "Checks", "Credential", "IssuerKey", "IssuerKeySet", "Share", "StatusList"]
