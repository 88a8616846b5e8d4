"""证书撤销任务: which orders does the platform carry out, the bodies' days being over?"""

from touchstone.revocations.operations import execute_overdue

WHEN_DUE = [execute_overdue]
