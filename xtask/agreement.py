"""Writes tests/data/plan/agreement.json anew: marks of several people, with ICC(2,1) and ICC(2,k) by pingouin and Kendall's W by scipy's Friedman statistic.

    pip install pingouin
    python3 xtask/agreement.py > tests/data/plan/agreement.json

The first case is the example of Shrout and Fleiss (1979), whose paper gives 0.29 and 0.62.
"""

import json
import random

import pandas
import pingouin
from scipy.stats import friedmanchisquare

random.seed(21)
published = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
cases = [published]
for number in range(40):
    people, things = random.randint(3, 8), random.randint(5, 15)
    truth = [random.uniform(0, 100) for _ in range(things)]
    noise = random.choice([5, 20, 60])
    # Every other case in whole tens, so that marks are tied.
    step = 10 if number % 2 else 0.5
    mark = lambda t: min(100, max(0, round((t + random.gauss(0, noise)) / step) * step))
    cases.append([[mark(t) for t in truth] for _ in range(people)])
out = []
for marks in cases:
    rows = [(person, thing, x) for person, its in enumerate(marks) for thing, x in enumerate(its)]
    table = pandas.DataFrame(rows, columns=["person", "thing", "mark"])
    pingouin.options["round"] = None
    icc = pingouin.intraclass_corr(data=table, targets="thing", raters="person", ratings="mark")
    by = {str(t): float(v) for t, v in zip(icc["Type"], icc["ICC"])}
    chi, _ = friedmanchisquare(*[[its[i] for its in marks] for i in range(len(marks[0]))])
    w = chi / (len(marks) * (len(marks[0]) - 1))
    single = next(v for k, v in by.items() if k in ("ICC2", "ICC(A,1)"))
    average = next(v for k, v in by.items() if k in ("ICC2k", "ICC(A,k)"))
    out.append({"marks": marks, "w": float(w), "single": single, "average": average})
print(json.dumps(out))
