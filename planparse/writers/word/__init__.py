"""The parts of a Word file that is written: paragraphs and tables, numbering, styles and package."""
