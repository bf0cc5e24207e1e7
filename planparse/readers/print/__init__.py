"""The parts of a PDF file: its pages, lines, paragraphs, ruled tables and margins, found by their places on the paper."""
