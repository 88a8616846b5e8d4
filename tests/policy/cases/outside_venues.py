"""案例·市域外考核点: who looks after a venue that lies in no district of the city?"""

from datetime import date

from tests.policy.case import MET, UNPROVEN, table
from touchstone.policy.exams import supervision

DAY = date(2026, 3, 20)

CASES = [
    *table(
        supervision.outside_venue_is_looked_after,
        ("登记了市域外下属企业", (("苏州甲辰精密机械有限公司",), "浦东新区", DAY), MET, "注册地浦东新区人社局签收监管"),
        ("没有登记下属企业", ((), "浦东新区", DAY), UNPROVEN, "没有登记市域外下属企业"),
    ),
]
