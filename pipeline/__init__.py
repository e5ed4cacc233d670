"""Carry documents through the stages; everything that reads, writes or runs."""
