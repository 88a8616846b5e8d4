"""洞察表: counted desks, kept monthly reports, and what districts say of their own measure."""

from touchstone.insight.models.desk import DeskCount
from touchstone.insight.models.drift import Explanation
from touchstone.insight.models.month import MonthlyReport, ReportSet

__all__ = ["DeskCount", "Explanation", "MonthlyReport", "ReportSet"]
