"""公开日志测试公用: a filing at any stage, as the tests of filings have it."""

from tests.filings.conftest import filed_to

__all__ = ["filed_to"]
