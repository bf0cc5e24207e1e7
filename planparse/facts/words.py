"""Asks the dictionary whether a word is a person's name, where rules end. The dictionary is loaded on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _tagger() -> Any:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the dictionary's package uses names that newer Pythons warn about
        import jieba  # type: ignore[import-untyped]
        import jieba.posseg  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.WARNING)
    return jieba.posseg


@lru_cache(maxsize=1024)
def is_name(word: str, sentence: str) -> bool:
    """Whether the dictionary takes a word at the beginning of a sentence for a person's name."""
    tokens = list(_tagger().cut(sentence))
    first = tokens[0]
    if first.word == word:
        return str(first.flag).startswith("nr")
    return first.word in word and str(first.flag).startswith("nr")
