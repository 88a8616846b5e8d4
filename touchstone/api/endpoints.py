"""全部接口: which endpoints are there? Whoever needs them all imports this, so that every part has declared its own."""

from touchstone.api import batches, certificate_data, plans, process, registration, results, roster
from touchstone.api.declared import ENDPOINTS

TAGS = (plans.TAG, "报名", "资格材料", process.TAG, results.TAG, certificate_data.TAG, roster.TAG, batches.TAG)
"""The parts of the interface in the order of an evaluation."""

__all__ = ["ENDPOINTS", "TAGS", "batches", "certificate_data", "plans", "process", "registration", "results", "roster"]
