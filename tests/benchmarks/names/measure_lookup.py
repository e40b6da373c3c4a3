"""How well and how fast names are found: 22 kinds of noise, typing, load, odd queries, rapidfuzz beside it.

    .venv/bin/python -m tests.benchmarks.names.measure_lookup [N] [--names FILE] [--seed S] [--each 200]

N  enterprises of the invented register (720,000). --names: a list of real names instead (see real_names.py).
A hit on any enterprise the query says as much of counts (right_answers.py); "strict" counts the source alone.
"""

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import msgspec
import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from registry.lookup.find import Match, TooShort, find
from registry.lookup.fold import fold, fold_column
from registry.lookup.index import Index, build_index, open_index
from tests.benchmarks.names.noise import KINDS, noisy
from tests.benchmarks.names.real_names import real_names
from tests.benchmarks.names.register import invent_register, names_of
from tests.benchmarks.names.right_answers import equally_right

ODD = (
    "", " ", "。。。", "😀😀😀", "公", "有限公司", "公司", "中国", "北京", "河南省郑州市", "科技", "贸易", "商贸有限公司",
    "科技有限公司", "北京科技有限公司", "恒达恒达", "恒" * 160, "郑州恒达商贸有限公司" * 16, "abc", "ab cd", "a" * 160,
    "xian", "123456", "的一是在有人", "\x00\x01", "（（（）））", "第一分公司",
)  # fmt: skip
LATIN = ("pinyin_full", "pinyin_initials")
_PEER_QUERIES = 100


class Asked(msgspec.Struct, frozen=True):
    """A noisy name, of which enterprise it was made and what its present name is."""

    kind: str
    text: str
    enterprise_id: int
    name: str


class Judged(msgspec.Struct, frozen=True):
    """What became of a query: the rank of the first right answer and of the source (0: none), and what it took.

    milliseconds  of the clock; `processor` those of the processor, which a busy machine does not lengthen.
    """

    kind: str
    rank: int
    strict: int
    milliseconds: float
    processor: float


def queries(register: pl.DataFrame, each: int, seed: int) -> list[Asked]:
    """Make so many queries of each kind, of enterprises drawn anew for each."""
    found = []
    for at, kind in enumerate(KINDS):
        drawn = register.sample(min(register.height, 2 * each), seed=seed * 100 + at, shuffle=True)
        texts = noisy(drawn["name"].to_list(), [kind] * drawn.height, seed)
        rows = zip(texts, drawn["enterprise_id"], drawn["name"], strict=True)
        made = [Asked(kind, text, one, name) for text, one, name in rows if text is not None]
        found += made[:each]
    return found


def judge(asked: Sequence[Asked], index: Index) -> list[Judged]:
    """Look every query up."""
    return [_judged(one, index) for one in asked]


def _timed(text: str, index: Index) -> tuple[tuple[Match, ...], float]:
    began = time.perf_counter()
    try:
        found = find(text, [index], 5)
    except TooShort:
        found = ()
    return found, (time.perf_counter() - began) * 1000


def _judged(one: Asked, index: Index) -> Judged:
    began = time.thread_time()
    found, milliseconds = _timed(one.text, index)
    processor = (time.thread_time() - began) * 1000
    strict = [match.enterprise_id == one.enterprise_id for match in found[:5]]
    right = [
        itself or equally_right(one.kind, one.text, match.name)
        for itself, match in zip(strict, found, strict=False)
    ]
    return Judged(one.kind, _rank(right), _rank(strict), milliseconds, processor)


def _rank(hits: Sequence[bool]) -> int:
    return hits.index(True) + 1 if True in hits else 0


def tell(judged: Sequence[Judged]) -> None:
    """Print a line a kind, and all kinds in Chinese characters but "exact" together."""
    _say(
        f"{'kind':<18}{'n':>6}{'r@1':>8}{'r@5':>8}{'strict r@5':>12}{'p50 ms':>8}{'p99 ms':>8}{'p99 cpu':>8}"
    )
    for kind in KINDS:
        _line(kind, [one for one in judged if one.kind == kind])
    _line("Chinese, not exact", [one for one in judged if one.kind not in (*LATIN, "exact")])
    _line("all", judged)


def _line(label: str, judged: Sequence[Judged]) -> None:
    if not judged:
        return
    first = np.mean([one.rank == 1 for one in judged])
    fifth = np.mean([one.rank > 0 for one in judged])
    strict = np.mean([one.strict > 0 for one in judged])
    half, most = np.percentile([one.milliseconds for one in judged], [50, 99])
    processor = np.percentile([one.processor for one in judged], 99)
    _say(
        f"{label:<18}{len(judged):>6}{first:>8.3f}{fifth:>8.3f}{strict:>12.3f}"
        f"{half:>8.1f}{most:>8.1f}{processor:>8.1f}"
    )


def tell_typing(register: pl.DataFrame, index: Index, seed: int) -> None:
    """Print how often the first letters of a core find it among ten, where at most ten names hold them."""
    cores = fold_column(register["name"])
    joined = "\n".join(cores["text"])
    drawn = register.sample(min(register.height, 1_200), seed=seed)
    for letters in (2, 3, 4, 5):
        hits = []
        for enterprise_id, name in drawn.select("enterprise_id", "name").iter_rows():
            start = fold(name).core[:letters]
            if len(start) == letters and joined.count(start) <= 10:
                hits.append(
                    enterprise_id in [one.enterprise_id for one in find(start, [index], 10)]
                )
            if len(hits) == 200:
                break
        if hits:
            _say(f"typing {letters} letters: r@10 {np.mean(hits):.3f} (n {len(hits)})")


def tell_short_forms(register: pl.DataFrame, index: Index, seed: int) -> None:
    """Print how often a core of three or four letters that one name alone holds is found, whole and with a slip."""
    joined = "\n".join(fold_column(register["name"])["text"])
    slips: dict[str, Callable[[str, Random], str | None]] = {
        "whole": lambda text, _: text,
        "one same-sound character": KINDS["homophone"],
        "one look-alike character": KINDS["typo_shape"],
    }
    asked: dict[str, list[Asked]] = {slip: [] for slip in slips}
    drawn = register.sample(min(register.height, 3000), seed=seed + 1)
    for enterprise_id, name in drawn.select("enterprise_id", "name").iter_rows():
        short = fold(name).core[: 3 + enterprise_id % 2]
        if len(short) < 3 or len(asked["whole"]) == 300 or joined.count(short) > 1:
            continue
        for slip, noise in slips.items():
            text = noise(short, Random(f"{seed}/{enterprise_id}"))  # noqa: S311
            if text is not None:
                asked[slip].append(Asked(slip, text, enterprise_id, name))
    for slip, queries_of in asked.items():
        _line(
            f"short, {slip[4:15]}" if slip != "whole" else "short forms", judge(queries_of, index)
        )


def tell_odd(index: Index) -> None:
    """Print the slowest odd queries."""
    times = sorted(
        ((min(_timed(text, index)[1] for _ in range(3)), text) for text in ODD), reverse=True
    )
    _say(
        "odd queries, slowest: " + "; ".join(f"{text[:12]!r} {ms:.1f} ms" for ms, text in times[:4])
    )


def tell_load(asked: Sequence[Asked], folder: Path) -> None:
    """Print latencies of two processes that ask at once."""
    halves = [asked[::2], asked[1::2]]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        times = pool.starmap(_times, [(half, folder) for half in halves])
    together = np.concatenate(times)
    _say("two processes: p50 {:.1f} p99 {:.1f} p99.9 {:.1f} max {:.1f} ms".format(
        *np.percentile(together, [50, 99, 99.9]), together.max()
    ))  # fmt: skip


def _times(asked: Sequence[Asked], folder: Path) -> list[float]:
    index = open_index(folder)
    for one in asked[:50]:
        _timed(one.text, index)
    return [_timed(one.text, index)[1] for one in asked]


def tell_peer(asked: Sequence[Asked], names: pl.DataFrame) -> None:
    """Print rapidfuzz alone, over all folded names, on some of the same queries."""
    texts, ids = fold_column(names["name"])["text"].to_list(), names["enterprise_id"].to_list()
    some = [one for one in asked if one.kind not in (*LATIN, "exact")]
    some = some[:: max(1, len(some) // _PEER_QUERIES)]
    first = fifth = 0
    times = []
    for one in some:
        began = time.perf_counter()
        found = process.extract(fold(one.text).text, texts, scorer=fuzz.ratio, limit=5)
        times.append((time.perf_counter() - began) * 1000)
        right = [
            ids[at] == one.enterprise_id or equally_right(one.kind, one.text, names["name"][at])
            for _, _, at in found
        ]
        first, fifth = first + right[0], fifth + any(right)
    half, most = np.percentile(times, [50, 99])
    _say(
        f"rapidfuzz extract: r@1 {first / len(some):.3f} r@5 {fifth / len(some):.3f}"
        f" p50 {half:.0f} p99 {most:.0f} ms (n {len(some)})"
    )


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("size", nargs="?", type=int, default=720_000)
    arguments.add_argument("--names", type=Path)
    arguments.add_argument("--seed", type=int, default=2026)
    arguments.add_argument("--each", type=int, default=200)
    given = arguments.parse_args()
    register = real_names(given.names) if given.names else invent_register(given.size, given.seed)
    names = names_of(register)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "index"
        began, worked = time.perf_counter(), time.process_time()
        build_index(names, folder)
        built, worked = time.perf_counter() - began, time.process_time() - worked
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        began = time.perf_counter()
        index = open_index(folder)
        opened = (time.perf_counter() - began) * 1000
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _say(
            f"{names.height} names: built {built:.1f} s ({worked:.1f} s of the processor), {size:.0f} MB, opened {opened:.1f} ms, peak {peak:.0f} MB"
        )
        asked = queries(register, given.each, given.seed)
        for one in asked[:100]:
            _timed(one.text, index)
        tell(judge(asked, index))
        tell_short_forms(register, index, given.seed)
        tell_typing(register, index, given.seed)
        tell_odd(index)
        tell_load(asked, folder)
        tell_peer(asked, names)


if __name__ == "__main__":
    main()
