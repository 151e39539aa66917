"""row.py - one row of a study: a kernel at a size and a split, its rounds, and what follows."""
import math
import statistics


class Row:
    """`samples` holds (round, seconds per call) of every round kept."""

    def __init__(self, kernel, unit, n, ranks, threads, visit):
        self.kernel, self.unit, self.n = kernel, unit, n
        self.ranks, self.threads, self.visit = ranks, threads, visit
        self.samples, self.calls = [], None
        self.result, self.notes = None, []

    def __str__(self):
        return f"{self.kernel}, n = {self.n}, {self.ranks}x{self.threads}"

    @property
    def wrong(self):
        return self.result is not None and self.result != self.n

    def take(self, round_, seconds, calls, result):
        """What a visit said. A wrong result leaves no times, whatever came before or after."""
        if self.wrong:
            return
        self.result, self.calls = result, calls
        if self.wrong:
            self.samples = []
        else:
            self.samples.append((round_, seconds))


def interval(ordered):
    """95 % interval of the median: order statistics (binomial), as sample.c has it."""
    count, tail, below = len(ordered), 0.0, 0
    while (tail := tail + math.comb(count, below) / 2**count) <= 0.025:
        below += 1
    return (ordered[below - 1], ordered[-below]) if below else (None, None)


def quartile(ordered, part):
    """Hyndman & Fan 1996, type 7."""
    at = (len(ordered) - 1) * part
    low, rest = int(at), at - int(at)
    return ordered[low] + rest * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def times(samples):
    ordered = sorted(seconds for _, seconds in samples)
    if not ordered:
        return dict.fromkeys("time_" + name for name in (
            "median", "low", "high", "min", "q1", "q3", "max"))
    low, high = interval(ordered)
    return {"time_median": statistics.median(ordered), "time_low": low, "time_high": high,
            "time_min": ordered[0], "time_q1": quartile(ordered, 0.25),
            "time_q3": quartile(ordered, 0.75), "time_max": ordered[-1]}


def speedups(row, baseline):
    """Round by round, so that what slows down all of a round cancels."""
    against = dict(baseline.samples)
    ratios = sorted(against[r] / seconds for r, seconds in row.samples if r in against)
    if not ratios:
        return dict.fromkeys(("speedup", "speedup_low", "speedup_high", "efficiency"))
    low, high = interval(ratios)
    median = statistics.median(ratios)
    return {"speedup": median, "speedup_low": low, "speedup_high": high,
            "efficiency": median / (row.ranks * row.threads)}


def record(row, baseline):
    """As a study file has it. Nothing is bound, and rates of elements are not what is asked."""
    result = None if row.result is None else float(row.result).hex()
    return {
        "kernel": row.kernel, "type": "f64", "scaling": "strong",
        "team": "-" if row is baseline else "forkjoin", "combine": "-", "sync": "call",
        "bind": "none",
        "n": row.n, "bytes": None, "level": None, "nodes": 1, "ranks": row.ranks,
        "threads": row.threads, "workers": row.ranks * row.threads, "rounds": len(row.samples),
        "calls": row.calls, **times(row.samples), "baseline": "1x1", **speedups(row, baseline),
        "gbytes_per_s": None, "gflops_per_s": None, "roof": None, "result": result,
        "error": None if result is None or row.wrong else 0,
        "verified": None if result is None else not row.wrong, "placement": None,
        "note": "; ".join(row.notes) or None, "unit": row.unit, "p99": None,
        "samples": [list(sample) for sample in row.samples]}
