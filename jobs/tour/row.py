"""row.py - one row of a study: a kernel at a size and a split, its rounds, and derived figures."""
import math
import statistics

# The same values as in drivers/stats/sample.c.
COVERAGE = 0.958
BEYOND_CHANCE = 1.645
CORRELATION_FROM = 10


class Row:
    """`samples` has (round, seconds per call) for every round that was kept."""

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
        """Takes the results of a visit. After a wrong result the row has no times of any visit."""
        if self.wrong:
            return
        self.result, self.calls = result, calls
        if self.wrong:
            self.samples = []
        else:
            self.samples.append((round_, seconds))


def ranks(values):
    """The ranks of values, from 0; equal values get the mean of their ranks."""
    first, last = {}, {}
    for rank, value in enumerate(sorted(values)):
        first.setdefault(value, rank)
        last[value] = rank
    return [(first[value] + last[value]) / 2 for value in values]


def lag_correlation(values):
    """Correlation of the ranks of successive values; if all are equal, its mean by chance."""
    middle = (len(values) - 1) / 2
    far = [rank - middle for rank in ranks(values)]
    squares = sum(a * a for a in far)
    return sum(a * b for a, b in zip(far, far[1:])) / squares if squares else -1 / len(values)


def stretch(values):
    """The factor by which an interval is widened if values are autocorrelated beyond chance."""
    n = len(values)
    if n < CORRELATION_FROM:
        return 1.0
    r = lag_correlation(values)
    error = math.sqrt((((5 * n - 14) * n - 9) * n + 26) * n + 16) / (
        math.sqrt(5 * (n + 1)) * (n - 1) * n)
    if r + 1 / n <= BEYOND_CHANCE * error:
        return 1.0
    rho = max(-0.99, min(0.99, (n * r + 1) / (n - 4)))
    return math.sqrt((1 + rho) / (1 - rho))


def interval(values):
    """95 % interval of the median of values in their order, as in sample.c: from order statistics
    (binomial), wider if the values are autocorrelated, because they carry less information then.
    Also returns what a note says about the interval; "" for no note."""
    count, tail, rank = len(values), 0.0, 0
    while (tail := tail + math.comb(count, rank) / 2**count) <= (1 - COVERAGE) / 2:
        rank += 1
    if not rank:
        return None, None, ""
    by, middle, became = stretch(values), (count + 1) / 2, ""
    if by != 1:
        moved = middle - (middle - rank) * by
        rank = max(1, int(moved))
        became = "widened" if moved >= 1 else "widened, but covers less than 95 %"
    ordered = sorted(values)
    return ordered[rank - 1], ordered[-rank], became


def quartile(ordered, part):
    """Quantile of Hyndman & Fan 1996, type 7."""
    at = (len(ordered) - 1) * part
    low, rest = int(at), at - int(at)
    return ordered[low] + rest * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def note(notes, what, became):
    """Adds a note in the words of row.c."""
    if became:
        notes.append(f"consecutive {what}s are autocorrelated: the {what}'s interval is {became}")


def times(samples, notes):
    seconds = [each for _, each in samples]
    ordered = sorted(seconds)
    if not ordered:
        return dict.fromkeys("time_" + name for name in (
            "median", "low", "high", "min", "q1", "q3", "max"))
    low, high, became = interval(seconds)
    note(notes, "time", became)
    return {"time_median": statistics.median(ordered), "time_low": low, "time_high": high,
            "time_min": ordered[0], "time_q1": quartile(ordered, 0.25),
            "time_q3": quartile(ordered, 0.75), "time_max": ordered[-1]}


def speedups(row, baseline, notes):
    """Ratios are taken within rounds, so a disturbance that slows down a whole round cancels."""
    against = dict(baseline.samples)
    ratios = [against[r] / seconds for r, seconds in row.samples if r in against]
    if not ratios:
        return dict.fromkeys(("speedup", "speedup_low", "speedup_high", "efficiency"))
    low, high, became = interval(ratios)
    note(notes, "speedup", became)
    median = statistics.median(ratios)
    return {"speedup": median, "speedup_low": low, "speedup_high": high,
            "efficiency": median / (row.ranks * row.threads)}


def record(row, baseline):
    """The row as in a study file. Workers are not bound, and there are no rates of elements."""
    result = None if row.result is None else float(row.result).hex()
    notes = list(row.notes)
    figures = times(row.samples, notes) | {"baseline": "1x1"} | speedups(row, baseline, notes)
    return {
        "kernel": row.kernel, "type": "f64", "scaling": "strong",
        "team": "-" if row is baseline else "forkjoin", "combine": "-", "sync": "call",
        "bind": "none",
        "n": row.n, "bytes": None, "level": None, "nodes": 1, "ranks": row.ranks,
        "threads": row.threads, "workers": row.ranks * row.threads, "rounds": len(row.samples),
        "calls": row.calls, **figures,
        "gbytes_per_s": None, "gflops_per_s": None, "roof": None, "result": result,
        "error": None if result is None or row.wrong else 0,
        "verified": None if result is None else not row.wrong, "placement": None,
        "note": "; ".join(notes) or None, "unit": row.unit, "p99": None,
        "samples": [list(sample) for sample in row.samples]}
