"""证书办理: certificates are issued, revoked and printed."""

from touchstone.certificates.operations.issuing import Award, Issued, issue
from touchstone.certificates.operations.printing import print_batch, print_one
from touchstone.certificates.operations.revoking import revoke

__all__ = ["Award", "Issued", "issue", "print_batch", "print_one", "revoke"]
