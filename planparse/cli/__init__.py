"""The command line. Only what is under here prints, exits, or reads arguments, environment and terminal.

Nothing heavy is imported at the top of this module: `planparse --version` must answer as fast as Python starts.
"""

import sys

COMMANDS = {
    "parse": ("planparse.cli.parse", "parse", "Turn plans into JSON, Markdown, tables, Word files or a calendar."),
    "outline": ("planparse.cli.outline", "outline", "Show the headings of a plan as a tree."),
    "dates": ("planparse.cli.dates", "dates", "List every time a plan names, and what it resolves to."),
    "table": ("planparse.cli.table", "table", "List every promise: figure, owner, deadline, line."),
    "diff": ("planparse.cli.diff", "diff", "Lay two years' plans side by side: what was dropped, added, moved, changed."),
    "textconv": ("planparse.cli.textconv", "textconv", "Print plans line by line, for git and other comparing programs."),
    "check": ("planparse.cli.check", "check", "Find what is wrong with plans, and mend it."),
    "fmt": ("planparse.cli.fmt", "fmt", "Write plans in their normal form."),
    "rules": ("planparse.cli.rules", "list_rules", "List the rules of check."),
    "explain": ("planparse.cli.explain", "explain", "Tell what a rule finds, why, and what it rests on."),
    "batch": ("planparse.cli.batch", "batch", "Read a whole archive: one record for each file."),
    "query": ("planparse.cli.query", "query", "Ask the store of an archive: figures, deadlines, owners, SQL."),
    "near": ("planparse.cli.near", "near", "Find the plans of an archive that are most like one."),
    "serve": ("planparse.cli.serve", "serve", "Show a page to paste plans into, in the browser of this machine."),
    "lsp": ("planparse.cli.lsp", "lsp", "Serve editors: findings, fixes, outline and dates while you write."),
    "validate": ("planparse.cli.validate", "validate", "Check JSON against the document format."),
    "formats": ("planparse.cli.listing", "formats", "List what can be read and written here."),
    "schema": ("planparse.cli.schema", "schema", "Print the JSON Schema of the document format."),
}
"""A command's name, where its function is, and its line in the list of commands; loaded when it is called."""


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns the exit code: 0 well, 1 findings, 2 something could not be done."""
    if arguments is None:
        arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from planparse import __version__

        sys.stdout.write(f"planparse {__version__}\n")
        return 0
    import gc

    gc.set_threshold(100_000, 50, 50)  # a short run makes few cycles: looking for them costs a tenth of its time
    from planparse.cli.app import run

    return run(arguments)
