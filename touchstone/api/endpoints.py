"""全部接口: which endpoints are there? Whoever needs them all imports this, so that every part has declared its own."""

from touchstone.api import batches, plans, process, registration, results, roster
from touchstone.api.declared import ENDPOINTS

__all__ = ["ENDPOINTS", "batches", "plans", "process", "registration", "results", "roster"]
