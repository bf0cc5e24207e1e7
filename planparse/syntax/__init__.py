"""From text to a tree of nodes: repair, lines, plans, schedules, outline."""
