"""A whole archive: many files into one store of records, and questions to it."""
