"""Reads tables of enterprises, finds where each stands on an industry chain, scores and ranks them, and says why.

Every function takes any table that speaks Arrow (Polars, DuckDB, pandas, DataFusion, pyarrow) and gives an Arrow table
back, which has `to_polars()`, `to_pandas()`, `to_pyarrow()` and, with none of these at hand, `to_dict()`:

    import xiangma

    diagnosis = xiangma.diagnose(residents, chains=["optoelectronics"])
    best = xiangma.rank(candidates, diagnosis=diagnosis, chains=["optoelectronics"], as_of="2026-11-01", top=50)
    best.to_polars()

Headings are read by their meaning and cells as people write them: 注册资本, 注册资本(万元) and 注册资金 are one, and
500万美元 is an amount. `Reader` says what each column is read as, and takes corrections.

What goes wrong is raised as one class, `XiangmaError`, whose `code` is stable. `xiangma.spark` ranks a table on a
cluster.
"""

from ._native import (
    Assessment,
    Diagnosis,
    Locator,
    Model,
    Reader,
    Table,
    XiangmaError,
    __version__,
    assess,
    card_json,
    diagnose,
    digest,
    explain,
    judge,
    keyed,
    locate,
    predict,
    presets,
    rank,
    read_file,
    train,
)

__all__ = [
    "Assessment",
    "Diagnosis",
    "Locator",
    "Model",
    "Reader",
    "Table",
    "XiangmaError",
    "__version__",
    "assess",
    "card_json",
    "diagnose",
    "digest",
    "explain",
    "judge",
    "keyed",
    "locate",
    "predict",
    "presets",
    "rank",
    "read_file",
    "train",
]
