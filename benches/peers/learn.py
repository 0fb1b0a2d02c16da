"""Chances learned from outcomes, ours beside those of other libraries: the same rows, the same folds, the same columns.

    pip install -r benches/peers/requirements.txt
    cargo xtask bench learn

Ours answers through the example `evaluate_learning`: a line of JSON asks, a line of JSON answers. The table goes to the standard output.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")
SKLEARN = f"scikit-learn {version('scikit-learn')}"


class Ours:
    """The example as a process that stays: tables go over as files."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "answer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.folder = Path(tempfile.mkdtemp())

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def chances(self, train, outcome, test, contacted=None):
        """Chance, low and high of every row to tell; none where there are too few outcomes."""
        train = train.assign(**{"outcome?": np.where(outcome, "yes", "no")})
        asked = {"outcome": "outcome?"}
        if contacted is not None:
            train["outcome?"] = train["outcome?"].where(contacted, "")
            train["contacted?"] = np.where(contacted, "yes", "no")
            asked["contacted"] = "contacted?"
        for name, rows in (("train", train), ("test", test)):
            asked[name] = str(self.folder / f"{name}.csv")
            rows.to_csv(asked[name], index=False)
        answer = self.ask(**asked)
        return None if "refused" in answer else np.array(answer["chances"])


class Logistic:
    def fit(self, table, outcome):
        words = [c for c in table if str(table[c].dtype) == "category"]
        numbers = [c for c in table if c not in words]
        encode = make_column_transformer(
            (OneHotEncoder(handle_unknown="ignore"), words),
            (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
        )
        self.model = make_pipeline(encode, LogisticRegression(max_iter=2000)).fit(table, outcome)
        return self

    def predict_proba(self, table):
        return self.model.predict_proba(table)


class NaiveBayes:
    """As in lead scoring of business suites: counts that begin at 0.1, numbers by tenths, ratios multiplied."""

    def fit(self, table, outcome):
        self.ends = {c: np.nanquantile(table[c].astype(float), np.linspace(0, 1, 11)[1:-1]) for c in table if table[c].dtype.kind in "if"}
        self.base = np.array([(1 - outcome).sum(), outcome.sum()], float)
        self.counts = {}
        for c in table:
            cells = self.cells(table, c)
            for k in (0, 1):
                for value, n in cells[outcome == k].value_counts().items():
                    self.counts[c, value, k] = n + 0.1
        return self

    def cells(self, table, c):
        if c in self.ends:
            return pd.Series(np.digitize(table[c].astype(float), self.ends[c])).reset_index(drop=True)
        return table[c].astype(str).reset_index(drop=True)

    def predict_proba(self, table):
        odds = np.tile(np.log(self.base), (len(table), 1))
        for c in table:
            cells = self.cells(table, c)
            for k in (0, 1):
                odds[:, k] += cells.map(lambda v: np.log(self.counts.get((c, v, k), 0.1) / self.base[k])).to_numpy()
        odds -= odds.max(axis=1, keepdims=True)
        return np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)


class Boosting:
    # It takes no more levels than this of a category: the rest is taken together.
    LEVELS = 200

    def few(self, table):
        return table.assign(**{
            c: table[c].cat.set_categories(kept).astype(object).fillna("rare").astype(pd.CategoricalDtype([*kept, "rare"])) for c, kept in self.kept.items()
        })

    def fit(self, table, outcome):
        words = [c for c in table if str(table[c].dtype) == "category"]
        self.kept = {c: [k for k in table[c].value_counts().index[: self.LEVELS] if k != "rare"] for c in words}
        self.model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0).fit(self.few(table), outcome)
        return self

    def predict_proba(self, table):
        return self.model.predict_proba(self.few(table))


class Explainable:
    def words(self, table):
        return table.astype({c: str for c in table if str(table[c].dtype) == "category"})

    def fit(self, table, outcome):
        self.model = ExplainableBoostingClassifier(random_state=0, n_jobs=-2).fit(self.words(table), outcome)
        return self

    def predict_proba(self, table):
        return self.model.predict_proba(self.words(table))


PEERS = {
    f"{SKLEARN} logistic": Logistic,
    f"{SKLEARN} HistGradientBoosting": Boosting,
    f"interpret {version('interpret')} EBM": Explainable,
    "naive Bayes": NaiveBayes,
}


def calibration_error(chances, outcome):
    order = np.argsort(chances, kind="stable")
    return sum(abs(chances[b].mean() - outcome[b].mean()) * len(b) for b in np.array_split(order, 10) if len(b)) / len(outcome)


def lift(chances, outcome):
    top = np.argsort(-chances, kind="stable")[: max(1, round(len(chances) / 10))]
    return outcome[top].mean() / outcome.mean()


def measures(chances, outcome):
    chances = np.clip(chances, 1e-9, 1 - 1e-9)
    return (roc_auc_score(outcome, chances), calibration_error(chances, outcome), log_loss(outcome, chances), lift(chances, outcome))


def typed(table):
    for c in table:
        if table[c].dtype.kind not in "if":
            table[c] = table[c].fillna("NA").astype("category")
    return table


def read(data, ours):
    """Name, table, outcome, and the columns left out."""
    bank = pd.read_csv(data / "bank_marketing/dev.csv")
    leads = pd.read_csv(data / "leads_xeducation/dev.csv")
    features = ours.folder / "ipo.csv"
    late = ["listed_2019_06_to_2021_10", "list_date", "sw_l3_name"]
    ours.ask(features=str(data / "ipo_outcome/dev.csv"), keep=late, out=str(features))
    ipo = pd.read_csv(features)
    # Free text and numbers of rows are no features of anybody.
    ipo = ipo.drop(columns=["list_date", "sw_l3_name"] + [c for c in ipo if not c.startswith("enterprise:") and c not in late])
    ipo = ipo.dropna(axis=1, how="all")
    return [
        ("bank marketing without duration", *split(bank.drop(columns=["row_id", "duration"]), "y")),
        ("leads without three leaking columns", *split(leads.drop(columns=["row_id", "Tags", "Lead Quality", "Last Notable Activity"]), "Converted")),
        ("later listings from registration", *split(ipo, late[0])),
    ]


def split(table, target):
    outcome = table.pop(target).astype(str).isin(["yes", "1"]).astype(int).to_numpy()
    return typed(table), outcome


def told(method, make, ours, train, outcome, test):
    if method == "ours":
        answer = ours.chances(train, outcome, test)
        return None if answer is None else answer[:, 0]
    return make().fit(train, outcome).predict_proba(test)[:, 1]


def line(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |", flush=True)


def head(*cells):
    line(*cells)
    line(*["---"] * len(cells))


def on_folds(sets, methods, ours, repeats):
    head("table", "rows, yes", "", "AUC", "calibration error", "log-loss", "lift at 10 %", "seconds")
    for name, table, outcome in sets:
        # Few outcomes: one dealing of folds says little.
        seeds = range(repeats if outcome.sum() < 500 else 1)
        for method, make in methods.items():
            begun, found = time.time(), []
            for seed in seeds:
                chances = np.zeros(len(outcome))
                for train, test in StratifiedKFold(5, shuffle=True, random_state=seed).split(table, outcome):
                    chances[test] = told(method, make, ours, table.iloc[train], outcome[train], table.iloc[test])
                found.append(measures(chances, outcome))
            a, c, l, f = np.mean(found, axis=0)
            line(name, f"{len(outcome)}, {outcome.sum()}", method, f"{a:.4f}", f"{c:.4f}", f"{l:.4f}", f"{f:.2f}", f"{time.time() - begun:.0f}")


def in_time(sets, methods, ours):
    """The first four fifths teach, the rest is told: the world shifts there."""
    name, table, outcome = sets[0]
    cut = len(outcome) * 4 // 5
    head("newest fifth of", "", "AUC", "calibration error", "log-loss")
    for method, make in methods.items():
        a, c, l, _ = measures(told(method, make, ours, table.iloc[:cut], outcome[:cut], table.iloc[cut:]), outcome[cut:])
        line(name, method, f"{a:.4f}", f"{c:.4f}", f"{l:.4f}")


def cut_down(sets, methods, ours, draws):
    head("table", "rows", "", "mean AUC", "calibration error", "log-loss", "refused")
    for name, table, outcome in sets:
        for rows in (150, 500, 2_000):
            found = {method: [] for method in methods}
            for draw in range(draws):
                train, rest = train_test_split(np.arange(len(outcome)), train_size=rows, stratify=outcome, random_state=draw)
                test = rest if len(rest) <= 5_000 else train_test_split(rest, train_size=5_000, stratify=outcome[rest], random_state=draw)[0]
                for method, make in methods.items():
                    chances = told(method, make, ours, table.iloc[train], outcome[train], table.iloc[test])
                    if chances is not None:
                        found[method].append(measures(chances, outcome[test]))
            for method, values in found.items():
                a, c, l, _ = np.mean(values, axis=0) if values else [float("nan")] * 4
                line(name, rows, method, f"{a:.4f}", f"{c:.4f}", f"{l:.4f}", draws - len(values))


def simulated(rows, base, seed):
    """Leads with known chances: rising, a step, a hump, a region, a pair, and noise; some cells missing."""
    rng = np.random.default_rng(seed)
    a, b, c, d, e, noise = rng.standard_normal((6, rows))
    region, size = rng.integers(0, 5, rows), rng.integers(0, 4, rows)
    odds = 0.8 * a + 0.8 * (b > 0.5) - 0.5 * np.minimum(c * c, 4) + 0.4 * d * (size == 2) + np.array([0, 0.8, -0.6, 0.2, 0.4])[region]
    chances = 1 / (1 + np.exp(-(odds + base)))
    table = pd.DataFrame({"a": a, "b": b, "c": c, "d": d, "e": e, "noise": noise, "region": region, "size": size}).round(3)
    table["region"], table["size"] = table["region"].map(lambda r: f"R{r}").astype("category"), table["size"].map(lambda s: f"S{s}").astype("category")
    contacted = rng.random(rows) < 1 / (1 + np.exp(-(1.2 * a - 0.8 * (region == 1))))
    table.loc[rng.random(rows) < 0.1, "noise"] = np.nan
    return table, chances, (rng.random(rows) < chances).astype(int), contacted


def known(methods, ours, draws):
    head("simulated leads", "rows", "", "mean absolute error of the chance", "90 % intervals that hold it", "refused")
    for base, odds in (("3 %", -3.75), ("10 %", -2.3), ("30 %", -0.65)):
        for rows, by_contact in ((500, False), (2_000, False), (2_000, True), (8_000, False)):
            found = {method: [] for method in methods}
            for draw in range(draws):
                table, _, outcome, contacted = simulated(rows, odds, draw)
                fresh, truth, _, _ = simulated(2_000, odds, 1_000 + draw)
                for method, make in methods.items():
                    if method == "ours":
                        answer = ours.chances(table, outcome, fresh, contacted if by_contact else None)
                        if answer is not None:
                            held = (answer[:, 1] <= truth) & (truth <= answer[:, 2])
                            found[method].append((abs(answer[:, 0] - truth).mean(), held.mean()))
                        continue
                    taught = contacted if by_contact else np.ones(rows, bool)
                    chances = make().fit(table[taught], outcome[taught]).predict_proba(fresh)[:, 1]
                    found[method].append((abs(chances - truth).mean(), np.nan))
            for method, values in found.items():
                off, held = np.mean(values, axis=0) if values else (np.nan, np.nan)
                about = f"base {base}{', half of them contacted' if by_contact else ''}"
                line(about, rows, method, f"{off:.4f}", "" if np.isnan(held) else f"{100 * held:.1f} %", draws - len(values))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("data", type=Path)
    options.add_argument("--only", help="methods whose name holds this")
    options.add_argument("--parts", default="folds,time,small,known")
    options.add_argument("--draws", type=int, default=20)
    options = options.parse_args()
    methods = {name: make for name, make in {"ours": None, **PEERS}.items() if not options.only or options.only in name}
    ours = Ours(options.program)
    sets = read(options.data, ours)
    parts = {
        "folds": lambda: on_folds(sets, methods, ours, 10),
        "time": lambda: in_time(sets, methods, ours),
        "small": lambda: cut_down(sets, methods, ours, options.draws),
        "known": lambda: known(methods, ours, options.draws),
    }
    for part in options.parts.split(","):
        parts[part]()
        print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
