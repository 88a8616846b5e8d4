"""线索到期办理: which leads come near their day or have passed it, and what has been kept of people and addresses long enough?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.complaints import operations


def remind_of_leads(at: datetime) -> int:
    """This job will urge leads whose day is near and put those overdue before their leader, and count them."""
    return operations.remind_of_due(by=PLATFORM, at=at)


def forget_addresses(at: datetime) -> int:
    """This job will delete what was counted of addresses a day ago, and count it."""
    return operations.forget_attempts(at=at)


def destroy_identities(at: datetime) -> int:
    """This job will destroy who complained where the years of keeping it secret are over, and count the leads."""
    return operations.destroy_identities(by=PLATFORM, at=at)


WHEN_DUE = [remind_of_leads, forget_addresses, destroy_identities]
