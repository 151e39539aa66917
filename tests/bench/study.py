"""study.py FILE ROW ROW [TOGETHER]: prints the seconds of two rows of a study file, one line "A B"
for each round that measured both. A row is KERNEL,N,RxT[,TEAM[,COMBINE]]; N may be empty if all
rows have the same size. Each line is the mean of TOGETHER consecutive rounds (default 1)."""
import json
import sys


def samples(rows, wanted):
    kernel, n, split, *ways = wanted.split(",")
    for row in rows:
        if (row["kernel"] == kernel and n in ("", str(row["n"]))
                and split == f"{row['ranks']}x{row['threads']}"
                and all(row[key] == way for key, way in zip(("team", "combine"), ways))):
            return {round: seconds for round, seconds in row["samples"] if seconds is not None}
    return {}


if len(sys.argv) not in (4, 5):
    sys.exit(__doc__)
with open(sys.argv[1], encoding="utf-8") as file:
    rows = json.load(file)["rows"]
a, b = (samples(rows, wanted) for wanted in sys.argv[2:4])
together = int(sys.argv[4]) if len(sys.argv) > 4 else 1
both = sorted(a.keys() & b.keys())
for first in range(0, len(both) - together + 1, together):
    some = both[first:first + together]
    print(*(repr(sum(row[round] for round in some) / together) for row in (a, b)))
