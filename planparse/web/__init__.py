"""The page to paste into: a server for this machine alone, over the same functions as the command line."""
