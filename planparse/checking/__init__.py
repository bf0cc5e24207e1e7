"""Checks files: finds them, reads, parses, checks and fixes one at a time, remembers what did not change, knows the baseline."""
