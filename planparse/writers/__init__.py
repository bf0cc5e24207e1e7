"""From a document to text, one format a module."""
