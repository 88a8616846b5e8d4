"""比对与预警事实: what is written out to be compared, and what stands behind the rows of a hit?"""

from touchstone.monitoring.facts.lines import Changed, salt
from touchstone.monitoring.facts.shown import Shown, shown_rows
from touchstone.monitoring.facts.written import Part, folder, parts_to_write, write_part

__all__ = ["Changed", "Part", "Shown", "folder", "parts_to_write", "salt", "shown_rows", "write_part"]
