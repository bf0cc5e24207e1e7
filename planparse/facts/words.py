"""Asks the dictionary for words, and whether one is a person's name, where rules end. The dictionary is loaded on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the dictionary's package uses names that newer Pythons warn about
        import jieba  # type: ignore[import-untyped]
        import jieba.posseg  # type: ignore[import-untyped]

    jieba.setLogLevel(logging.WARNING)
    return jieba


def words_of(text: str) -> list[str]:
    """The words of a text in order, by the dictionary alone: what it does not know stays single signs."""
    words: list[str] = _dictionary().lcut(text, HMM=False)
    return words


NAME = 3
"""So many signs have a surname and a given name of two."""


@lru_cache(maxsize=1024)
def is_name(word: str, sentence: str) -> bool:
    """Whether the dictionary takes a word at the beginning of a sentence for a person's name."""
    tokens = list(_dictionary().posseg.cut(sentence))
    first = tokens[0]
    if first.word in word and str(first.flag).startswith("nr"):
        return True
    # A name of three signs that is no word: 黄+立新, 马+秀英. 安全 and 高峰期 are words.
    return len(word) == NAME and len(tokens) > 1 and first.word == word[0] and first.word + tokens[1].word == word
