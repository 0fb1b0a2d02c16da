"""Writes tests/data/survival_cases.json anew: what lifelines says of two hundred made-up data sets.

    pip install lifelines
    python3 xtask/survival.py
"""

import json
import pathlib
import random

import lifelines

PLACE = pathlib.Path(__file__).parent.parent / "tests/data/survival_cases.json"


def data_set(rng):
    count, longest = rng.randint(1, 40), rng.choice([3, 12, 60, 400])
    share = rng.choice([0.2, 0.6, 0.9, 1.0])
    return [(rng.randint(0 if rng.random() < 0.1 else 1, longest), rng.random() < share) for _ in range(count)]


def case(watched):
    fitted = lifelines.KaplanMeierFitter().fit([d for d, _ in watched], [h for _, h in watched])
    curve, bounds = fitted.survival_function_["KM_estimate"], fitted.confidence_interval_
    days = sorted({d for d, _ in watched})
    # Its own median misses a share of one half that comes out a bit above it.
    median = next((d for d in days if curve[d] <= 0.5 + 1e-12), None)
    return {
        "watched": [[d, int(h)] for d, h in watched],
        # A day, the share, and its bounds; where the share is 0 or 1 the bounds are no figures.
        "steps": [
            [d, float(f"{curve[d]:.13g}")] + ([float(f"{x:.13g}") for x in bounds.loc[d]] if 0 < curve[d] < 1 else []) for d in days
        ],
        "median": median,
    }


rng = random.Random(20261128)
cases = [case(data_set(rng)) for _ in range(200)]
head = {"of": f"lifelines {lifelines.__version__} (MIT)", "cases": []}
text = json.dumps(head)[:-2] + "\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n"
PLACE.write_text(text)
