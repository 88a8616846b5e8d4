"""性能对比: how fast is ours beside others doing the same, in one run on one machine? `python -m bench` writes docs/benchmarks.md."""
