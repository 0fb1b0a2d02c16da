"""What other libraries make of the same tables of outcomes, on five stratified folds. Ours: the example `evaluate_learning`.

    pip install -r benches/peers/requirements.txt
    python benches/peers/learn.py ../shared/data
"""

import sys
import time
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")
SETS = {
    "bank_marketing": ("y", ["row_id", "duration"]),
    "leads_xeducation": ("Converted", ["row_id", "Tags", "Lead Quality", "Last Notable Activity"]),
}


def logistic(table):
    words = [c for c in table if str(table[c].dtype) == "category"]
    numbers = [c for c in table if c not in words]
    encode = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), words),
        (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
    )
    return make_pipeline(encode, LogisticRegression(max_iter=2000))


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


def calibration_error(chances, outcome):
    order = np.argsort(chances, kind="stable")
    return sum(abs(chances[b].mean() - outcome[b].mean()) * len(b) for b in np.array_split(order, 10)) / len(outcome)


for name, (target, left) in SETS.items():
    table = pd.read_csv(f"{sys.argv[1]}/{name}/dev.csv").drop(columns=left)
    outcome = table.pop(target).astype(str).isin(["yes", "1"]).astype(int).to_numpy()
    for c in table:
        if table[c].dtype.kind not in "if":
            table[c] = table[c].fillna("NA").astype("category")
    peers = {
        f"scikit-learn {version('scikit-learn')} logistic": lambda: logistic(table),
        f"scikit-learn {version('scikit-learn')} HistGradientBoosting": lambda: HistGradientBoostingClassifier(
            categorical_features="from_dtype", random_state=0
        ),
        "naive Bayes": NaiveBayes,
        f"interpret {version('interpret')} EBM": lambda: ExplainableBoostingClassifier(random_state=0, n_jobs=1),
    }
    for peer, make in peers.items():
        begun, chances = time.time(), np.zeros(len(outcome))
        for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(table, outcome):
            used = table.astype({c: str for c in table if str(table[c].dtype) == "category"}) if "EBM" in peer else table
            model = make().fit(used.iloc[train], outcome[train])
            chances[test] = model.predict_proba(used.iloc[test])[:, 1]
        print(
            f"{name:<18} {peer:<42} AUC {roc_auc_score(outcome, chances):.4f}  calibration {calibration_error(chances, outcome):.4f}"
            f"  log-loss {log_loss(outcome, chances):.4f}  {time.time() - begun:.0f} s",
            flush=True,
        )
