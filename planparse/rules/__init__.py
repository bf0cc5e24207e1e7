"""Lint rules, one a module; `registry` finds them, `engine` runs them, `fixing` applies their fixes."""
