"""证书办理: certificates are issued and signed, revoked, printed and shared; keys come and go; lists say what was revoked."""

from touchstone.certificates.operations.city_root import make_city_root
from touchstone.certificates.operations.entering import ToldCertificate, enter_told
from touchstone.certificates.operations.examining import begin_examination, end_examination
from touchstone.certificates.operations.issuing import Award, Issued, issue
from touchstone.certificates.operations.keys import countersign_key, make_key, retire_key
from touchstone.certificates.operations.printing import print_batch, print_one
from touchstone.certificates.operations.publishing import publish_list, publish_lists
from touchstone.certificates.operations.revoking import revoke
from touchstone.certificates.operations.second import issue_by_own_standard
from touchstone.certificates.operations.sharing import count_check, share, withdraw_share
from touchstone.certificates.operations.signing import catch_up, sign, sign_backlog

__all__ = [
    "Award",
    "Issued",
    "ToldCertificate",
    "begin_examination",
    "catch_up",
    "count_check",
    "countersign_key",
    "end_examination",
    "enter_told",
    "issue",
    "issue_by_own_standard",
    "make_city_root",
    "make_key",
    "print_batch",
    "print_one",
    "publish_list",
    "publish_lists",
    "retire_key",
    "revoke",
    "share",
    "sign",
    "sign_backlog",
    "withdraw_share",
]
