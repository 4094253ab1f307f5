"""The words that the network knows, each with a vector taken from MiniLM."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
import wordfreq
from numpy.typing import NDArray

from amends.reading.learned.words import _WORD, SPECIAL, normal
from training import minilm

COMMON = 40_000  # of the most frequent English words
SEEN = 3  # times that another word stands in the texts
SIZE = 96  # numbers of a vector
_ENDINGS = ("n't", "'s", "'m", "'ve", "'re", "'ll", "'d", "ca")
_SAID = {  # what stands for a sign when MiniLM is asked
    "[padding]": "",
    "[unknown]": "thing",
    "[link]": "link",
    "[mail]": "email address",
    "[handle]": "@user",
    "[mask]": "name",
    "[digits1]": "9",
    "[digits2]": "45",
    "[digits3]": "350",
    "[digits4]": "4210",
    "[digits]": "4820193",
    "[fraction]": "12.50",
    "[clock]": "10:30",
    "[line]": ".",
    "n't": "not",
    "'m": "am",
    "'ve": "have",
    "'re": "are",
    "'ll": "will",
    "'d": "would",
    "ca": "can",
}


def words(texts: Iterable[str]) -> list[str]:
    """Return the vocabulary: signs, common words, words of the texts, and MiniLM's parts of words."""
    seen: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text):
            seen.update(normal(match.group())[0])
    parts = [part for part in minilm.parts() if not part.startswith("[")]
    common = (word.replace("\u2019", "'") for word in wordfreq.top_n_list("en", COMMON))
    often = (word for word, count in seen.most_common() if count >= SEEN)
    found = dict.fromkeys([*SPECIAL, *_ENDINGS])
    for word in [*common, *often, *parts]:
        plain = word.isascii() or len(word) == 1
        if plain and word and not word.startswith("[") and ("'" not in word or len(word) == 1) and "\n" not in word:
            found.setdefault(word)
    return list(found)


def vectors(vocabulary: list[str]) -> NDArray[np.float32]:
    """Return a row of `SIZE` numbers for each word: what MiniLM says of the word alone, in its main directions."""
    rows = []
    with torch.inference_mode():
        for begin in range(0, len(vocabulary), 512):
            asked = [_SAID.get(word, word) for word in vocabulary[begin : begin + 512]]
            rows.append(minilm.mean_vectors(asked))
    found = np.concatenate(rows)
    found -= found.mean(axis=0)
    some = np.random.default_rng(0).permutation(len(found))[:12_000]
    _, _, directions = np.linalg.svd(found[some], full_matrices=False)
    turned = found @ directions[:SIZE].T
    return (turned / turned.std()).astype(np.float32)


def save(folder: Path, texts: Iterable[str]) -> None:
    """Write `vocabulary.txt` and `vectors.npy`."""
    vocabulary = words(texts)
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary), "utf-8")
    np.save(folder / "vectors.npy", vectors(vocabulary))
