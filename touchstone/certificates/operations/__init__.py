"""证书办理: certificates are issued, revoked and printed."""

from touchstone.certificates.operations.examining import begin_examination, end_examination
from touchstone.certificates.operations.issuing import Award, Issued, issue
from touchstone.certificates.operations.printing import print_batch, print_one
from touchstone.certificates.operations.revoking import revoke
from touchstone.certificates.operations.second import issue_by_own_standard

__all__ = [
    "Award",
    "Issued",
    "begin_examination",
    "end_examination",
    "issue",
    "issue_by_own_standard",
    "print_batch",
    "print_one",
    "revoke",
]
