"""Two plans compared: entries are matched, then the pairs are described."""
