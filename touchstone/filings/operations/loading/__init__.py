"""存量装入: bodies, venues, filings and scopes of before are tried, loaded, and taken back as a whole."""

from touchstone.filings.operations.loading.choices import choices
from touchstone.filings.operations.loading.process import process_loading
from touchstone.filings.operations.loading.receive import LABEL, RULE, load_tried, receive_loading
from touchstone.filings.operations.loading.undo import ask_undo, undo_loading

__all__ = ["LABEL", "RULE", "ask_undo", "choices", "load_tried", "process_loading", "receive_loading", "undo_loading"]
