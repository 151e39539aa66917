"""study.py FILE ROW ROW: the seconds of two rows of a study's file, "A B" a line, of the rounds that
measured both. A row is KERNEL,N,RxT[,TEAM[,COMBINE]]; N may be empty where the rows have one size."""
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


if len(sys.argv) != 4:
    sys.exit(__doc__)
with open(sys.argv[1], encoding="utf-8") as file:
    rows = json.load(file)["rows"]
a, b = (samples(rows, wanted) for wanted in sys.argv[2:])
for round in sorted(a.keys() & b.keys()):
    print(repr(a[round]), repr(b[round]))
