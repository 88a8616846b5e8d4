"""时钟公用: how does a test stand at a moment of the synthetic city?"""

from datetime import datetime

from touchstone.accounts.actor import PLATFORM
from touchstone.ledger.operations import move_clock
from touchstone.web import clock


def travel_to(at: datetime) -> None:
    """Move the synthetic city's clock to a moment."""
    now = clock.now()
    move_clock(by=PLATFORM, at=now, ahead=at - now)
