"""签名证书任务: what was issued before a body had a key is signed, and the lists of what was revoked are published within a minute."""

from datetime import datetime

from touchstone.certificates import operations

PARTS = 4


def sign_what_was_issued_before(at: datetime) -> int:
    """This job will sign some of the certificates that were issued before their body had a key, and count them; the rest is for the next minute."""
    return sum(operations.sign_backlog(at=at) for _ in range(PARTS))


def publish_status_lists(at: datetime) -> int:
    """This job will publish every status list that says too little or ends soon, and count them."""
    return operations.publish_lists(at=at)


WHEN_DUE = (sign_what_was_issued_before, publish_status_lists)
