"""runs.py FOLDER WAY...: compares the runs FOLDER/WAY.0.json, FOLDER/WAY.1.json, … of each way."""
import glob
import json
import math
import statistics
import sys

# Student's t for 95.8 % and 2 degrees of freedom, times sqrt(1 + 1/3): the interval of three runs in
# standard deviations (rxt_student_quantile, docs/method/speedup.md).
OF_THREE = 4.7244 * math.sqrt(4 / 3)


def number(name):
    return int(name.rsplit(".", 2)[1])


def rows_of(study):
    return {(row["n"], f"{row['ranks']}x{row['threads']}"): row for row in study["rows"]}


def ratios(rows, key):
    """The speedups of a row by round."""
    base = dict(map(tuple, rows[key[0], "1x1"]["samples"]))
    return [base[number] / seconds for number, seconds in rows[key]["samples"] if number in base]


def inside(row, speedup):
    return row["speedup_low"] is not None and row["speedup_low"] <= speedup <= row["speedup_high"]


def spread(speedups):
    return statistics.stdev(map(math.log, speedups)) if len(speedups) > 1 else math.nan


def three(speedups):
    """Do intervals of three consecutive runs hold for the run after them? And their half-widths."""
    held, halves = [], []
    for first in range(len(speedups) - 3):
        logs = [math.log(speedup) for speedup in speedups[first:first + 3]]
        half = OF_THREE * statistics.stdev(logs)
        held.append(abs(math.log(speedups[first + 3]) - statistics.mean(logs)) <= half)
        halves.append(half)
    return held, halves


def percent(part):
    return f"{100 * statistics.mean(part):.0f}" if part else "-"


def show(way, studies):
    every = {"next": [], "three": [], "spread": [], "minute": [], "half": [], "halves": []}
    for key in sorted({key for rows in studies for key in rows if key[1] != "1x1"}):
        if sum(key in rows for rows in studies) < 2: # a size such as dram may differ between runs
            continue
        runs = [rows[key] for rows in studies if key in rows and rows[key]["speedup"]]
        speedups = [row["speedup"] for row in runs]
        half = [(row["speedup_high"] - row["speedup_low"]) / 2 / row["speedup"] for row in runs
                if row["speedup_low"] is not None]
        held = [inside(row, speedup) for row, speedup in zip(runs, speedups[1:])]
        of_three, halves = three(speedups)
        parts = [ratios(rows, key) for rows in studies if key in rows]
        minute = [math.log(statistics.median(part[:len(part) // 2])
                           / statistics.median(part[len(part) // 2:]))
                  for part in parts if len(part) > 3]
        print(f"{way:12} {key[0]:>9} {key[1]}  {min(speedups):6.3f} to {max(speedups):6.3f}  "
              f"sd {100 * spread(speedups):4.1f} %  ± {100 * statistics.median(half or [0]):4.1f} %  "
              f"next {percent(held):>3} %  of three {percent(of_three):>3} % "
              f"(± {100 * statistics.median(halves or [0]):.0f} %)  "
              f"rounds {min(row['rounds'] for row in runs)}-{max(row['rounds'] for row in runs)}")
        every["next"] += held
        every["three"] += of_three
        every["spread"].append(spread(speedups) ** 2)
        every["minute"] += [value ** 2 / 2 for value in minute]
        every["half"] += half
        every["halves"] += halves
    return every


def main():
    lines = []
    for way in sys.argv[2:]:
        names = sorted(glob.glob(f"{sys.argv[1]}/{way}.*.json"), key=number)
        studies = [rows_of(json.load(open(name, encoding="utf-8"))) for name in names]
        if not studies:
            continue
        every = show(way, studies)
        lines.append(f"{way:12} between runs {100 * math.sqrt(statistics.mean(every['spread'])):4.1f} %"
                     f"  between halves of a run {100 * math.sqrt(statistics.mean(every['minute'])):4.1f} %"
                     f"  ± {100 * statistics.median(every['half']):4.1f} %"
                     f"  next run inside {percent(every['next'])} %"
                     f"  of three runs {percent(every['three'])} %"
                     f" (± {100 * statistics.median(every['halves'] or [0]):.0f} %)")
    print(*lines, sep="\n")


main()
