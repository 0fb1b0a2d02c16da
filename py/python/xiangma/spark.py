"""Ranks a table on a cluster: Apache Spark 4, or Sail and whatever else speaks Spark Connect.

    from xiangma.spark import rank

    best = rank(df, "attraction", ["optoelectronics"], diagnosis, 100, as_of="2026-11-01")
    best.show()

Rows are read where they are, rows of one enterprise are brought together by a shuffle, and every partition locates and
judges its own. What comes back are points and keys; the list, to the last digit, is that of one machine. `assess` gives
the points of everybody, and `ranked` the rank of everybody among all.

Every worker needs this package, of one version, and pyarrow; on Spark, `PYSPARK_PYTHON` has to name a Python that has
both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import xiangma
from xiangma import Diagnosis, Locator, Reader, XiangmaError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from xiangma import Card, Day

__all__ = ["assess", "rank", "ranked"]

# The column of the numbers of rows, where the table has none of its own.
ROW = "xiangma_row"

# Of a shard, what `xiangma.keyed` gives. Batches are not cast on their way back: they have exactly these types.
KEYED = pa.schema(
    [("row", pa.int64()), ("same_name", pa.string()), ("same_code", pa.string()), ("enterprise", pa.string())]
)

# As Spark names them. It has no unsigned types.
NAMES = {pa.int32(): "int", pa.int64(): "bigint", pa.float64(): "double", pa.string(): "string", pa.bool_(): "boolean"}


@dataclass(frozen=True)
class Task:
    """What every task is told, in texts: it travels with the task, and is read once in each process."""

    library: str
    reader: str
    row: str
    card: str
    diagnosis: str | None
    chains: str | None
    as_of: str
    targets: tuple[str, ...]
    regions: tuple[str, ...]
    signature: str | None = None

    def check_library(self) -> None:
        """Refuses to work beside a driver of another version: their figures would not be of one list."""
        if self.library != xiangma.__version__:
            raise _error(
                "OTHER_BASIS",
                f"this worker has xiangma {xiangma.__version__}, and the driver {self.library}; install one version",
            )

    def keyed(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Reads the rows of a partition, batch by batch."""
        self.check_library()
        reader = _reader(self.reader)
        for batch in batches:
            if batch.num_rows:
                yield from _batches(
                    xiangma.keyed(batch, reader=reader, row=self.row, as_of=self.as_of, threads=1), KEYED
                )

    def judge(self, table: xiangma.ArrowTable, threads: int | None = None) -> xiangma.Assessment:
        """Judges rows that were read."""
        return xiangma.judge(
            table,
            self.card,
            _diagnosis(self.diagnosis),
            as_of=self.as_of,
            chains=list(self.targets),
            regions=list(self.regions),
            locator=_locator(self.chains),
            reader=_reader(self.reader),
            threads=threads,
        )

    def judged(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, top: int, reasons: str
    ) -> Iterator[pa.RecordBatch]:
        """Judges a partition, once all rows of each enterprise are in it."""
        self.check_library()
        rows = _table(batches)
        if rows is None:
            return
        assessment = self.judge(rows, threads=1)
        if assessment.signature != self.signature:
            raise _error(
                "OTHER_SCORECARD",
                f"the card of this worker has the signature {assessment.signature[:12]}, that of the driver "
                f"{(self.signature or 'none')[:12]}; give all one card",
            )
        yield from _batches(assessment.to_table(top=top, reasons=reasons, threads=1), schema)


def assess(
    df: DataFrame,
    card: Card | None = None,
    chains: Sequence[str] | None = None,
    diagnosis: Diagnosis | None = None,
    *,
    as_of: Day,
    regions: Sequence[str] | None = None,
    own_chains: str | None = None,
    row: str | None = None,
    reader: Reader | None = None,
    partitions: int | None = None,
    top: int = 0,
    reasons: str = "zh",
) -> DataFrame:
    """Gives every enterprise of a table its points: a row each, as `xiangma.Assessment.to_table` has it.

    `row` names a column of whole numbers that number the rows of the table; without it they are numbered by
    `monotonically_increasing_id`. `reader` says how columns are read, and is made from the first rows without it.
    `own_chains` are chains of a team's own, as JSON. `partitions` is how many the shuffle makes. Of the best `top` of
    every partition, among them the best of all, reasons are given too.
    """
    from pyspark.sql import functions as F

    if row is not None and not df.schema[_there(df, row)].dataType.simpleString().endswith("int"):
        raise _error("BAD_ARGUMENT", f"`{row}`: the numbers of rows are whole numbers", row)
    if reader is None:
        first = df.limit(239) if row is None else df.drop(row).limit(239)
        reader = Reader(first.toArrow())
    for heading, _ in reader.columns:
        _there(df, heading)
    if row is None:
        row = ROW
        df = df.withColumn(row, F.monotonically_increasing_id())
    task, schema = _planned(reader, row, card, diagnosis, own_chains, as_of, chains, regions)
    keyed = df.mapInArrow(_keyed(task), _ddl(KEYED))
    grouped = _grouped(keyed)
    together = grouped.repartition(partitions, "same") if partitions else grouped.repartition("same")
    return together.mapInArrow(_judged(task, schema, top, reasons), _ddl(schema))


def rank(
    df: DataFrame,
    card: Card | None = None,
    chains: Sequence[str] | None = None,
    diagnosis: Diagnosis | None = None,
    top: int = 100,
    *,
    as_of: Day,
    regions: Sequence[str] | None = None,
    own_chains: str | None = None,
    row: str | None = None,
    reader: Reader | None = None,
    partitions: int | None = None,
    reasons: str = "zh",
) -> DataFrame:
    """Ranks a table and gives the best `top`, best first, with their ranks among all and with reasons.

    The other arguments are those of `assess`.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    assessed = assess(
        df,
        card,
        chains,
        diagnosis,
        as_of=as_of,
        regions=regions,
        own_chains=own_chains,
        row=row,
        reader=reader,
        partitions=partitions,
        top=top,
        reasons=reasons,
    )
    best = assessed.orderBy(*_order(F)).limit(top)
    # Whoever is better than one of the best is among them: their ranks are those among all.
    within = Window.orderBy(F.col("ruled_out"), F.desc("sum"))
    placed = best.withColumn("rank", F.rank().over(within).cast("bigint"))
    return placed.select("rank", *assessed.columns).orderBy(*_order(F))


def ranked(assessed: DataFrame) -> DataFrame:
    """Gives everybody that `assess` gave points the exact rank among all; equal scores share one.

    Only how often each score was given is brought to one place, not the rows.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    before = Window.orderBy(F.col("ruled_out"), F.desc("sum")).rowsBetween(Window.unboundedPreceding, -1)
    counts = assessed.groupBy("ruled_out", "sum").agg(F.count(F.lit(1)).alias("count"))
    better = F.coalesce(F.sum("count").over(before), F.lit(0))
    ranks = counts.select("ruled_out", "sum", (better + 1).cast("bigint").alias("rank"))
    return assessed.join(ranks, ["ruled_out", "sum"]).select("rank", *assessed.columns)


def _there(df: DataFrame, column: str) -> str:
    if column not in df.columns:
        words = f"`{column}`: this column is wanted, and missing from the table; it has {', '.join(df.columns[:40])}"
        raise _error("BAD_ARGUMENT", words, column)
    return column


def _order(F: Any) -> list[Column]:
    """The order of a list: scores, then names, codes and rows; who is ruled out comes last."""
    return [
        F.asc("ruled_out"),
        F.desc("sum"),
        F.asc("name"),
        F.asc_nulls_first("code"),
        F.asc("row"),
        F.asc("first"),
    ]


def _planned(
    reader: Reader,
    row: str,
    card: Card | None,
    diagnosis: Diagnosis | None,
    own_chains: str | None,
    as_of: Day,
    chains: Sequence[str] | None,
    regions: Sequence[str] | None,
) -> tuple[Task, pa.Schema]:
    """What tasks are told and what they give, found out on no rows: what is wrong is said before any work."""
    plan = Task(
        library=xiangma.__version__,
        reader=reader.to_json(),
        row=row,
        card=xiangma.card_json(card),
        diagnosis=diagnosis.to_json() if diagnosis else None,
        chains=own_chains,
        as_of=str(as_of)[:10],
        targets=tuple(chains or ()),
        regions=tuple(regions or ()),
    )
    nobody = plan.judge(KEYED.empty_table())
    plan = Task(**{**plan.__dict__, "signature": nobody.signature})
    fields = [pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in _schema(nobody)]
    return plan, pa.schema(fields)


def _schema(assessment: xiangma.Assessment) -> pa.Schema:
    return pa.table(assessment.to_table()).schema


def _grouped(keyed: DataFrame) -> DataFrame:
    """With what rows are brought together by: the name, or, of names that one code goes by, the first of them."""
    from pyspark.sql import functions as F

    with_code = keyed.where(F.col("same_code").isNotNull()).groupBy("same_code")
    several = with_code.agg(F.collect_set("same_name").alias("names")).where(F.size("names") > 1)
    first = _joined(found["names"] for found in several.select("names").collect())
    if not first:
        return keyed.withColumn("same", F.col("same_name"))
    pairs = pa.table({"same_name": list(first), "first_name": list(first.values())})
    known = keyed.join(keyed.sparkSession.createDataFrame(pairs), "same_name", "left")
    return known.withColumn("same", F.coalesce("first_name", "same_name")).select(*KEYED.names, "same")


def _joined(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Of names that stand together in groups, however many steps apart, the first in the order of letters."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for names in groups:
        roots = [root(name) for name in names]
        for other in roots:
            parent[other] = min(roots)
    return {name: root(name) for name in list(parent)}


def _keyed(task: Task) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def keyed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from task.keyed(batches)

    return keyed


def _judged(
    task: Task, schema: pa.Schema, top: int, reasons: str
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def judged(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from task.judged(batches, schema, top, reasons)

    return judged


def _table(batches: Iterable[pa.RecordBatch]) -> pa.Table | None:
    filled = [batch for batch in batches if batch.num_rows]
    return pa.Table.from_batches(filled).select(KEYED.names) if filled else None


def _batches(table: xiangma.Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """A table in batches of exactly these types."""
    yield from pa.table(table).cast(schema).to_batches(max_chunksize=10_000)


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"`{field.name}` {NAMES[field.type]}" for field in schema)


@lru_cache(maxsize=4)
def _reader(text: str) -> Reader:
    return Reader.from_json(text)


@lru_cache(maxsize=4)
def _locator(chains: str | None) -> Locator:
    return Locator(chains)


@lru_cache(maxsize=4)
def _diagnosis(text: str | None) -> Diagnosis | None:
    return Diagnosis.from_json(text) if text else None


def _error(code: str, words: str, column: str | None = None) -> XiangmaError:
    error = XiangmaError(words)
    error.code, error.row, error.column = code, None, column
    return error
