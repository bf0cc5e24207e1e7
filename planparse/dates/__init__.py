"""Time expressions: how they are written, and what follows from the writing alone."""
