"""公开日志办理: what can be done with the logs?"""

from touchstone.logs.operations.sending import send_out

__all__ = ["send_out"]
