"""What other libraries need for the methods of decision making, 20 criteria. Prints JSON, one list of figures.

    pip install -r benches/peers/requirements.txt
"""

import json
import os
import time
import warnings
from importlib.metadata import version

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
import skcriteria as skc  # noqa: E402
from pymcdm import normalizations, weights as objective  # noqa: E402
from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR, WSM  # noqa: E402
from skcriteria.agg import simple  # noqa: E402
from skcriteria.agg.topsis import TOPSIS as SkTopsis  # noqa: E402
from skcriteria.agg.vikor import VIKOR as SkVikor  # noqa: E402
from skcriteria.preprocessing import scalers, weighters  # noqa: E402

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


def note(rows, what, library, work, rounds=3):
    try:
        figures.append({"rows": rows, "what": what, "by": f"{library} {version(library)}", "ms": round(best(work, rounds), 4)})
    except Exception as error:  # a library that cannot is said to
        figures.append({"rows": rows, "what": what, "by": f"{library} {version(library)}", "ms": None, "why": str(error)[:80]})


for rows in (10_000, 100_000, 1_000_000):
    random = np.random.default_rng(7)
    points = random.uniform(1, 10_000, (rows, CRITERIA))
    weights = random.uniform(0.1, 1.1, CRITERIA)
    weights /= weights.sum()
    types = np.ones(CRITERIA)
    note(rows, "weighted sum", "pymcdm", lambda: WSM(normalizations.minmax_normalization)(points, weights, types))
    note(rows, "TOPSIS", "pymcdm", lambda: TOPSIS(normalizations.vector_normalization)(points, weights, types))
    note(rows, "VIKOR", "pymcdm", lambda: VIKOR()(points, weights, types))
    note(rows, "entropy", "pymcdm", lambda: objective.entropy_weights(points))
    note(rows, "CRITIC", "pymcdm", lambda: objective.critic_weights(points))
    table = skc.mkdm(points, objectives=[max] * CRITERIA, weights=weights)
    scaled = scalers.MinMaxScaler(target="matrix")
    vector = scalers.VectorScaler(target="matrix")
    note(rows, "weighted sum", "scikit-criteria", lambda: simple.WeightedSumModel().evaluate(scaled.transform(table)))
    note(rows, "TOPSIS", "scikit-criteria", lambda: SkTopsis().evaluate(vector.transform(table)))
    note(rows, "VIKOR", "scikit-criteria", lambda: SkVikor().evaluate(table))
    note(rows, "entropy", "scikit-criteria", lambda: weighters.EntropyWeighter().transform(table))
    note(rows, "CRITIC", "scikit-criteria", lambda: weighters.CRITIC().transform(table))

points = np.random.default_rng(7).uniform(1, 10_000, (2_000, 5))
note(2_000, "PROMETHEE II, usual, 5 criteria", "pymcdm", lambda: PROMETHEE_II("usual")(points, np.full(5, 0.2), np.ones(5)))
print(json.dumps(figures))
