"""洞察办理: a desk is counted, a month's report made, a difference explained and answered. Nothing of any other app is changed."""

from touchstone.insight.operations.counting import count_desk
from touchstone.insight.operations.explaining import answer_explanation, explain
from touchstone.insight.operations.reporting import ask_report, give_up_report, make_report

__all__ = ["answer_explanation", "ask_report", "count_desk", "explain", "give_up_report", "make_report"]
