"""The match benchmark: our engine, OpenFisca-core and zen-engine over the same made-up city and items.

    python -m tests.benchmarks.match.compare
    python -m tests.benchmarks.match.compare --runs 9 --firms 720000 --peers /path/to/python

The peers are optional: pip install openfisca-core zen-engine (the extra `bench`), here or in an environment
of their own whose python --peers names; it needs polars, msgspec and pyyaml beside them. Every measurement
is a process of its own. Read the ratios, not the last digit: they were taken in one run on one machine.
Target: 720,000 × 573 in at most 1 s and 1.5 GB on two cores.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.match.generate import FIRMS, write_input

PEERS = {"openfisca-core": "openfisca_core", "zen-engine": "zen"}
Figures = dict[str, float]


def main() -> None:
    """Generate the input, measure each engine and print what came out."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument(
        "--runs", type=int, default=5, help="processes of our engine; the best counts"
    )
    asked.add_argument("--firms", type=int, default=FIRMS)
    asked.add_argument("--peers", default=sys.executable, help="python that has the peers")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_input(Path(folder), given.firms)
        _say(f"{given.firms:,} enterprises, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        best = _ours(folder, given.runs)
        _full(folder, given.runs)
        if _has(given.peers, "openfisca-core"):
            _openfisca(_measured(given.peers, "measure_openfisca", folder), best)
        if _has(given.peers, "zen-engine"):
            _zen(_measured(given.peers, "measure_zen", folder), best)


def _ours(folder: str, runs: int) -> float:
    """Print our figures; gives the best total in seconds."""
    all_runs = [_measured(sys.executable, "measure_ours", folder) for _ in range(runs)]
    best = min(all_runs, key=lambda figures: figures["total_s"])
    middle = statistics.median(figures["total_s"] for figures in all_runs)
    _say(
        f"ours            {best['total_s']:7.2f} s  (codes {best['ground_s']:.2f} + match "
        f"{best['match_s']:.2f}; median of {runs} {middle:.2f}; processor {best['cpu_s']:.2f} s), "
        f"peak {max(figures['peak_mb'] for figures in all_runs):,.0f} MB\n"
        f"                {best['pairs']:,.0f} pairs by {best['tests']:,.0f} distinct tests: "
        f"{best['met']:,.0f} met, {best['unknown']:,.0f} unknown; "
        f"as verdict codes {best['verdicts_s']:.2f} s more"
    )
    return best["total_s"]


def _full(folder: str, runs: int) -> None:
    """Print the whole match beside the plain one, measured in turn so that both see the same machine."""
    pairs = [
        [_measured(sys.executable, "measure_full", folder, what) for what in ("plain", "full")]
        for _ in range(runs)
    ]
    plain, full = (min((pair[place] for pair in pairs), key=_total) for place in (0, 1))
    wall, busy = (
        statistics.median(two[name] for _, two in pairs)
        / statistics.median(one[name] for one, _ in pairs)
        for name in ("total_s", "cpu_s")
    )
    _say(
        f"everything      {full['total_s']:7.2f} s  (the plain {plain['total_s']:.2f} s; of the medians of {runs} "
        f"{wall:.2f} times, processor time {busy:.2f} times; processor {full['cpu_s']:.2f} s and "
        f"{plain['cpu_s']:.2f} s), peak {max(pair[1]['peak_mb'] for pair in pairs):,.0f} MB\n"
        f"                score tables in every twentieth item, an amount in each, twenty exclusive groups: "
        f"truths {full['match_s']:.2f} s, amounts and settling {full['owed_s']:.2f} s, {full['owed']:,.0f} owed"
    )


def _total(figures: Figures) -> float:
    return figures["total_s"]


def _openfisca(figures: Figures, best: float) -> None:
    _say(
        f"OpenFisca-core  {figures['total_s']:7.2f} s  ({figures['total_s'] / best:.1f} times ours; one core, "
        f"no unknowns)\n                {figures['differing']:,.0f} of "
        f"{figures['pairs'] - figures['ours_unknown']:,.0f} pairs decided otherwise than by us"
    )


def _zen(figures: Figures, best: float) -> None:
    _say(
        f"zen-engine      {figures['extrapolated_s']:7.0f} s  ({figures['extrapolated_s'] / best:.0f} times "
        f"ours; EXTRAPOLATED from {figures['sample']:,.0f} enterprises in {figures['sample_s']:.2f} s, one "
        f"core, no unknowns)\n                {figures['differing']:,.0f} pairs decided otherwise than by us"
    )


def _has(python: str, peer: str) -> bool:
    looked = subprocess.run(
        [python, "-c", f"import {PEERS[peer]}"], check=False, capture_output=True
    )
    if looked.returncode:
        _say(
            f"{peer:15} absent: pip install {peer} (extra `bench`), or name its python with --peers"
        )
    return not looked.returncode


def _measured(python: str, script: str, folder: str, *more: str) -> Figures:
    done = subprocess.run(
        [python, "-m", f"tests.benchmarks.match.{script}", folder, *more],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
