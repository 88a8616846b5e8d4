"""模拟: a synthetic city, and simulators of systems outside."""
