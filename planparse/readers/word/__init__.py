"""The parts of a Word file: styles, numbering, text, document."""
