"""义务目录: every row of the notice, A1 to G2, split into duties."""

from touchstone.policy.duties.assessing import ROWS as ASSESSING
from touchstone.policy.duties.duty import Duty, Row
from touchstone.policy.duties.filing import ROWS as FILING
from touchstone.policy.duties.offices import ROWS as OFFICES
from touchstone.policy.duties.supervising import ROWS as SUPERVISING
from touchstone.policy.duties.supporting import ROWS as SUPPORTING
from touchstone.policy.duties.validity import ROWS as VALIDITY

ROWS: tuple[Row, ...] = (*OFFICES, *ASSESSING, *FILING, *SUPPORTING, *SUPERVISING, *VALIDITY)

__all__ = ["ROWS", "Duty", "Row"]
