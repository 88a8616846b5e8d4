"""线索到期办理: which leads come near their day or have passed it, and which digests of addresses are old?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.complaints import operations


def remind_of_leads(at: datetime) -> int:
    """This job will urge leads whose day is near and put those overdue before their leader, and count them."""
    return operations.remind_of_due(by=PLATFORM, at=at)


def forget_addresses(at: datetime) -> int:
    """This job will delete what was counted of addresses a day ago, and count it."""
    return operations.forget_attempts(at=at)


WHEN_DUE = [remind_of_leads, forget_addresses]
