"""What other libraries need for the same question: 20 criteria, new weights, the best 100. Prints JSON, one list of figures.

    pip install -r benches/peers/requirements.txt
"""

import json
import os
import time
import warnings
from importlib.metadata import version

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["POLARS_MAX_THREADS"] = "2"
warnings.simplefilter("ignore")

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import skcriteria as skc  # noqa: E402
from pymcdm import normalizations  # noqa: E402
from pymcdm.methods import WSM  # noqa: E402
from skcriteria.agg.simple import WeightedSumModel  # noqa: E402

CRITERIA = 20
figures = []


def best(work, rounds):
    """The fastest of some rounds, in milliseconds; stops after ten seconds."""
    times, begun = [], time.perf_counter()
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
        if time.perf_counter() - begun > 10:
            break
    return min(times) * 1e3


def note(rows, name, its_version, milliseconds):
    figures.append({"rows": rows, "what": f"{name} {its_version}", "ms": round(milliseconds, 4)})


for rows in (10_000, 100_000, 1_000_000):
    random = np.random.default_rng(7)
    points = random.integers(0, 10_001, (rows, CRITERIA)).astype(np.float64)
    weights = random.integers(1, 1001, CRITERIA).astype(np.float64)
    weights /= weights.sum()

    def with_numpy():
        scores = points @ weights
        top = np.argpartition(-scores, 100)[:100]
        return top[np.argsort(-scores[top])]

    note(rows, "numpy", np.__version__, best(with_numpy, 20))
    columns = [f"c{i}" for i in range(CRITERIA)]
    frame = pl.DataFrame({name: points[:, i] for i, name in enumerate(columns)})
    score = sum(pl.col(name) * float(weights[i]) for i, name in enumerate(columns))
    note(rows, "polars", pl.__version__, best(lambda: frame.select(score.alias("s")).with_row_index().top_k(100, by="s"), 20))
    base = duckdb.connect()
    base.execute("SET threads = 2")
    base.register("arrow", frame.to_arrow())
    base.execute("CREATE TABLE points AS SELECT * FROM arrow")
    terms = " + ".join(f"c{i} * {weights[i]}" for i in range(CRITERIA))
    query = f"SELECT rowid, {terms} AS s FROM points ORDER BY s DESC LIMIT 100"
    note(rows, "DuckDB", duckdb.__version__, best(lambda: base.execute(query).fetchall(), 10))
    base.close()
    method = WSM(normalizations.minmax_normalization)
    note(rows, "pymcdm", version("pymcdm"), best(lambda: method.rank(method(points, weights, np.ones(CRITERIA))), 2))
    table = skc.mkdm(points, objectives=[max] * CRITERIA, weights=weights)
    note(rows, "scikit-criteria", version("scikit-criteria"), best(lambda: WeightedSumModel().evaluate(table), 2))

print(json.dumps(figures))
