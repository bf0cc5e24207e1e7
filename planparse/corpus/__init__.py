"""Whole archives: many files in, one record a file out, on several processes or machines."""
