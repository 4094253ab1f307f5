"""Make the reader's weights, or see how good they are: `python -m training --help`."""

import argparse
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from amends.reading.learned.reader import WEIGHTS
from amends.reading.learned.words import Vocabulary
from training import agreement, compare, errors, pretrain, review, teacher, vocabulary
from training import fit as fitting
from training.arrays import row
from training.network import arrays
from training.sources import Example, Text, corpus, examples, written
from training.variations import Neighbours, variations

_THREADS = 2  # the same everywhere, as sums depend on how they are cut
_WORK = Path("training/work")


def main() -> int:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    corpora = argparse.ArgumentParser(add_help=False)
    corpora.add_argument("--corpora", type=Path, required=True, help="the folder of the corpora (training/README.md)")
    fit = commands.add_parser(
        "fit", parents=[corpora], help="make the weights, from the labels, the texts and MiniLM (under an hour)"
    )
    fit.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go (the reader's own folder)")
    fit.add_argument("--work", type=Path, default=_WORK, help="where steps that are done are kept")
    measured = commands.add_parser(
        "compare", parents=[corpora], help="measure the reader and what could be in its place"
    )
    measured.add_argument("--out", type=Path, help="a file for the tables; they are printed if there is none")
    measured.add_argument("--work", type=Path, default=_WORK, help="where `fit` kept its steps: the teacher is there")
    wrong = commands.add_parser("errors", parents=[corpora], help="print the surest errors of the reader")
    wrong.add_argument("-n", type=int, default=40, help="how many on acts, and how many on levels")
    judged = commands.add_parser("review", help="print how well the rules judge the written conversations")
    judged.add_argument("--only", default="*", help="a file of conversations/, without its ending")
    commands.add_parser("agreement", help="print how far two readers agree on the labels")
    given = parser.parse_args()
    match given.command:
        case "fit":
            return run(given.corpora, given.out, given.work)
        case "compare":
            tables = compare.compare(given.corpora, _left(given.work / "teacher.pickle"))
            if given.out is None:
                print(tables)
            else:
                given.out.write_text(tables, "utf-8")
        case "errors":
            print(errors.report([one for one in examples(given.corpora) if one.part == "test"], given.n))
        case "review":
            print(review.report(given.only))
        case _:
            print(agreement.report(agreement.pairs()))
    return 0


def run(corpora: Path, out: Path, work: Path) -> int:
    """Go through the steps; one whose result lies in `work` is not done again."""
    torch.set_num_threads(_THREADS)
    torch.use_deterministic_algorithms(mode=True)
    work.mkdir(parents=True, exist_ok=True)
    held = examples(corpora)
    texts = [*written(), *corpus(corpora)]
    aside = {one.conversation for one in held if one.part == "test"}
    texts = [one for one in texts if one.conversation not in aside]
    if not (work / "vectors.npy").exists():
        vocabulary.save(work, [one.text for one in texts])
    words = (work / "vocabulary.txt").read_text("utf-8").split("\n")
    known = Vocabulary(words)
    vectors = np.load(work / "vectors.npy")
    learning = [one for one in held if one.part == "train" and not fitting.is_held_back(one)]
    model = _kept(work / "teacher.pickle", lambda: teacher.taught(learning))
    labelled = {one.id for one in held}
    learned_from = [one for one in texts if not fitting.is_held_back(one)]
    others = [_bare(one) for one in learned_from if one.id not in labelled]
    others += [_bare(one) for one in variations(learned_from, Neighbours(words, vectors))]
    thoughts = _kept(work / "opinions.pickle", lambda: teacher.asked(model, [*learning, *others]))
    learned = _kept(work / "pretrained.pickle", lambda: _pretrained(known, vectors, texts, corpora))
    rows = [
        fitting.with_opinion(row(known, one), thoughts[one.id], labelled=True, weight=fitting.weight_of(one))
        for one in learning
    ]
    rows += [
        fitting.with_opinion(row(known, one), thoughts[one.id], labelled=False, weight=fitting.WEIGHT_OF_OPINIONS)
        for one in others
    ]
    network = fitting.fit(learned, rows)
    back = [row(known, one) for one in held if one.part == "train" and fitting.is_held_back(one)]
    found, levels = fitting.predicted(network, back)
    card = fitting.card(back, found, levels)
    print(f"held back: {len(back)} messages, macro F1 {fitting.macro_f1(back, found, card):.4f}", file=sys.stderr)
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / "weights.npz", **arrays(network))
    (out / "vocabulary.txt").write_bytes((work / "vocabulary.txt").read_bytes())
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return 0


def _pretrained(known: Vocabulary, vectors: Any, texts: list[Text], corpora: Path) -> Any:
    lessons = pretrain.lessons(known, [one.text for one in texts], pretrain.feelings(corpora))
    return pretrain.pretrain(vectors, lessons)


def _bare(text: Text) -> Example:
    return Example(text.id, text.conversation, "", "train", text.role, text.text, text.before, None, ())


def _kept(path: Path, make: Callable[[], Any]) -> Any:
    """Return what an earlier run left at `path`, or make it and leave it there."""
    left = _left(path)
    if left is not None:
        return left
    made = make()
    path.write_bytes(pickle.dumps(made))
    return made


def _left(path: Path) -> Any:
    return pickle.loads(path.read_bytes()) if path.exists() else None  # noqa: S301 - our own file, of an earlier step


if __name__ == "__main__":
    sys.exit(main())
