"""备案样例: a complete draft of an enterprise, from which tables take one thing away at a time."""

from datetime import date

from touchstone.kernel.numbers import uscc_check_place
from touchstone.kernel.periods import Period
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.completeness import EVIDENCE
from touchstone.policy.filing.draft import DraftFacts, Duty, RoomFacts, RoomPurpose, StaffFacts, VenueFacts
from touchstone.policy.filing.minima import SYSTEMS
from touchstone.policy.filing.scope import Basis, ListedOccupation, ScopeItem, StandardFacts
from touchstone.policy.roles import BodyKind

_PREFIX = "91310115MA1K00000"
USCC = _PREFIX + uscc_check_place(_PREFIX)
LISTED = ListedOccupation(
    "6-31-01-03",
    "电工",
    {level: (Period(date(2019, 1, 1), date(2030, 1, 1)),) for level in (Level.FIVE, Level.FOUR, Level.THREE)},
)
STANDARD = StandardFacts("电工", Basis.NATIONAL, frozenset({Level.FIVE, Level.FOUR, Level.THREE}), Period(date(2018, 12, 26), date(2029, 1, 1)))
SPECIFICATION = StandardFacts("智能巡检", Basis.SPECIFICATION, frozenset({Level.FOUR}), Period(date(2025, 1, 1)), date(2025, 1, 1))
ITEM = ScopeItem("电工", Level.FOUR, LISTED, STANDARD)
THEORY_ROOM = RoomFacts("一号", RoomPurpose.THEORY, 30, 2)
PRACTICAL_ROOM = RoomFacts("二号", RoomPurpose.PRACTICAL, 6, 1)
SECRECY_ROOM = RoomFacts("三号", RoomPurpose.SECRECY, 0, 1)
VENUE = VenueFacts("本部", "310115", True, None, (THEORY_ROOM, PRACTICAL_ROOM, SECRECY_ROOM))
STAFF = (
    *(StaffFacts(f"管理{n}", Duty.MANAGER) for n in range(3)),
    *(StaffFacts(f"考评{n}", Duty.ASSESSOR, occupation="6-31-01-03") for n in range(3)),
    *(StaffFacts(f"督导{n}", Duty.INTERNAL_SUPERVISOR) for n in range(2)),
)
COMPLETE = DraftFacts(
    BodyKind.ENTERPRISE,
    USCC,
    "310115",
    (VENUE,),
    STAFF,
    (ITEM,),
    frozenset(SYSTEMS.values[0].value),
    {("6-31-01-03", 4): 3},
    frozenset(EVIDENCE.values[0].value),
)
