"""Benchmarks against public corpora: accuracy and speed, ours beside a rival's in the same run."""
