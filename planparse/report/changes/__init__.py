"""Comparisons for people and machines, one format a module."""
