"""故障与负载: what is lost or doubled when processes are killed, race or repeat, and how fast are answers under load?

`python -m bench.campaign` runs every trial in full and writes docs/campaign.md; small versions are in tests/faults.
"""
