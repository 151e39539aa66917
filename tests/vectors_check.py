"""vectors_check.py X Y CSV: every row's result is within its bound of the exact one, and no further from
numpy.dot than both bounds together."""
import csv
import math
import sys
import numpy as np

def split(a):  # Veltkamp
    c = a * 134217729.0
    high = c - (c - a)
    return high, a - high

def exact(x, y):  # Dekker's products: high and low parts, added without rounding
    p = x * y
    (a, b), (c, d) = split(x), split(y)
    return math.fsum(np.concatenate([p, ((a * c - p) + a * d + b * c) + b * d]))

x, y = (np.load(name).astype('f8') for name in sys.argv[1:3])
numpy, magnitude = float(np.dot(x, y)), float(np.abs(x * y).sum()) * (1 + 1e-6)
theirs = len(x) * 2.0**-53 * magnitude
right = exact(x, y)
rows = list(csv.DictReader(open(sys.argv[3])))
wrong = 0
for row in rows:
    result = float.fromhex(row['result'])
    bound = float(row['note'].split('error bound ')[1].split(';')[0])  # rounded up to two digits
    ok = abs(result - right) <= bound and abs(result - numpy) <= bound + theirs
    ok = ok and bound <= 1.11 * (theirs + 2.0**-53 * abs(right)) + 1e-300
    if not ok:
        print(f"  {row['kernel']} {row['ranks']}x{row['threads']}: {result!r} ± {bound:g}; "
              f"exact {right!r}, numpy {numpy!r} ± {theirs:g}")
    wrong += not ok
sys.exit(not rows or wrong > 0)
