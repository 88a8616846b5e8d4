"""案例·统筹布局: facts for bodies against demand."""

from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from touchstone.policy.calls import layout
from touchstone.policy.calls.layout import PlaceFacts

DAY = date(2026, 3, 2)

CASES = [
    *table(
        layout.bodies_meet_demand,
        ("没有需求数", (PlaceFacts(3, None), DAY), UNPROVEN, "还没有需求数"),
        ("一家正好承担500人次", (PlaceFacts(1, 500), DAY), MET, "1家可以承担"),
        ("501人次缺一家", (PlaceFacts(1, 501), DAY), UNMET, "还缺1家"),
        ("有需求而没有机构", (PlaceFacts(0, 1200), DAY), UNMET, "还缺3家"),
        ("需求为零", (PlaceFacts(0, 0), DAY), MET, "没有需求"),
    ),
]
