"""Workbooks: old containers, how far cells reach, and which rows of a sheet are a table."""
