"""The language server: what `planparse check` finds, while an editor's user writes. Nothing here loads before `planparse lsp` runs."""
