"""The parts of a web page: its tree, lists, tables, furniture, and what it tells of itself."""
