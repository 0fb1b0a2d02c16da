"""On a cluster: the list of one machine, to the last digit. On Sail; on Apache Spark where XIANGMA_SPARK says so."""

import os
import sys

import pyarrow as pa
import pytest
import xiangma
import xiangma.spark as cluster
from conftest import DAY, herd
from xiangma import XiangmaError

ON_SPARK = os.environ.get("XIANGMA_SPARK") == "1"


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    if ON_SPARK:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.sql.shuffle.partitions", "5")
        session = builder.config("spark.ui.enabled", "false").getOrCreate()
        yield session
        session.stop()
        return
    sail = pytest.importorskip("pysail.spark")
    server = sail.SparkConnectServer()
    server.start()
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
    yield session
    session.stop()
    server.stop()


def spread(spark, table: pa.Table, parts: int):
    """A table in so many partitions, its rows numbered and in no order."""
    numbered = table.append_column("n", pa.array(range(len(table)), pa.int64()))
    return spark.createDataFrame(numbered).repartition(parts)


def by(judging: dict) -> dict:
    return {"card": "attraction", **judging}


def test_the_sample_has_the_stated_digest(spark, candidates, judging, stated):
    df = spread(spark, candidates, 3)
    reader = xiangma.Reader(candidates)
    assessed = cluster.assess(df, **by(judging), row="n", reader=reader).toArrow()
    assert xiangma.digest(assessed) == stated["digest"]
    best = cluster.rank(df, **by(judging), top=5, row="n", reader=reader).toArrow().to_pydict()
    assert best["name"] == stated["top"] and best["rank"] == [1, 2, 3, 4, 5]


def test_numbers_are_given_where_there_are_none(spark, candidates, judging, stated):
    assessed = cluster.assess(spark.createDataFrame(candidates), **by(judging)).toArrow()
    assert xiangma.digest(assessed) == stated["digest"]


@pytest.mark.parametrize("partitions", [1, 4, 9])
def test_rows_of_one_enterprise_come_together(spark, judging, partitions):
    """However they are spread: by name, by code, and by codes that go by several names."""
    table = herd(1200)
    numbered = table.append_column("n", pa.array(range(len(table)), pa.int64()))
    whole = xiangma.assess(numbered, **judging, row="n")
    assert len(whole) < len(table) * 0.95
    df, reader = spread(spark, table, partitions), xiangma.Reader(table)
    assessed = cluster.assess(df, **by(judging), row="n", reader=reader, partitions=partitions)
    assert xiangma.digest(assessed.toArrow()) == whole.digest
    best = cluster.rank(df, **by(judging), top=40, row="n", reader=reader, partitions=partitions).toArrow()
    one = xiangma.rank(whole, top=40).to_pyarrow()
    for name in one.column_names:
        assert best[name].to_pylist() == one[name].cast(best.schema.field(name).type).to_pylist(), name
    # Ranks of everybody.
    everybody = cluster.ranked(assessed).toArrow().to_pydict()
    ranks = dict(zip(everybody["row"], everybody["rank"], strict=True))
    stated = xiangma.rank(whole, reasons=None).to_dict()
    assert ranks == dict(zip(stated["row"], stated["rank"], strict=True))


def test_a_partition_of_one_enterprise_and_skew(spark, judging):
    rows = 3_000
    table = pa.table(
        {
            "企业名称": ["示例光电有限公司"] * rows + ["示例镜头有限公司"],
            "主营产品": [f"光模块{i % 50}" for i in range(rows)] + ["光学镜头"],
        }
    )
    numbered = table.append_column("n", pa.array(range(len(table)), pa.int64()))
    whole = xiangma.assess(numbered, **judging, row="n")
    assert len(whole) == 2
    assessed = cluster.assess(
        spread(spark, table, 4), **by(judging), row="n", reader=xiangma.Reader(table), partitions=6
    )
    assert xiangma.digest(assessed.toArrow()) == whole.digest


def test_partitions_of_nothing_and_of_one(spark, judging):
    table = herd(3)
    df = spread(spark, table, 8)
    reader = xiangma.Reader(table)
    whole = xiangma.assess(table, **judging)
    assert (
        xiangma.digest(cluster.assess(df, **by(judging), row="n", reader=reader, partitions=8).toArrow())
        == whole.digest
    )
    nobody = cluster.rank(df.where("n < 0"), **by(judging), row="n", reader=reader)
    assert nobody.toArrow().num_rows == 0


def test_columns_of_other_types(spark, judging):
    table = herd(200)
    typed = table.set_column(
        4, "参保人数", pa.array([int(c) if c else None for c in table["参保人数"].to_pylist()], pa.int32())
    )
    typed = typed.set_column(5, "成立日期", table["成立日期"].cast(pa.date32()))
    whole = xiangma.assess(table, **judging)
    assessed = cluster.assess(spread(spark, typed, 3), **by(judging), row="n", reader=xiangma.Reader(typed))
    assert xiangma.digest(assessed.toArrow()) == whole.digest


def test_what_is_wrong_is_said_before_any_work(spark, candidates):
    df = spread(spark, candidates, 2)
    other = xiangma.Reader(pa.table({"企业名称": ["甲有限公司"], "缺": ["x"]}))
    for arguments, code, column in [
        ({"card": "no such"}, "BAD_ARGUMENT", None),
        ({"chains": ["no_such"]}, "UNKNOWN_CHAIN", None),
        ({"row": "no such"}, "BAD_ARGUMENT", "no such"),
        ({"row": "企业名称"}, "BAD_ARGUMENT", "企业名称"),
        ({"reader": other}, "BAD_ARGUMENT", "缺"),
    ]:
        with pytest.raises(XiangmaError) as error:
            cluster.rank(df, **{"row": "n", "as_of": DAY, **arguments})
        assert (error.value.code, error.value.column) == (code, column)


def test_what_goes_wrong_in_a_task_is_told(spark, candidates):
    df = spread(spark, candidates, 2).withColumnRenamed("参保人数", "kept")
    broken = df.selectExpr("*", "array(struct(kept)) as `参保人数`").drop("kept")
    with pytest.raises(Exception, match="参保人数.*cannot be"):
        cluster.rank(broken, as_of=DAY, row="n", reader=xiangma.Reader(candidates)).toArrow()


def task(candidates, **other):
    plan, schema = cluster._planned(xiangma.Reader(candidates), "n", None, None, None, DAY, None, None)
    return cluster.Task(**{**plan.__dict__, **other}), schema


def test_a_worker_with_another_card_or_version(candidates):
    numbered = candidates.append_column("n", pa.array(range(len(candidates)), pa.int64()))
    plan, schema = task(candidates)
    keyed = list(plan.keyed(numbered.to_batches()))
    assert sum(b.num_rows for b in plan.judged(keyed, schema, 0, "zh")) == len(xiangma.assess(candidates, as_of=DAY))
    for other, code in [
        ({"card": xiangma.card_json("gaps_first")}, "OTHER_SCORECARD"),
        ({"card": xiangma.card_json().replace('"version": 1', '"version": 2')}, "BAD_SCORECARD"),
        ({"library": "0.0.1"}, "OTHER_BASIS"),
    ]:
        wrong, _ = task(candidates, **other)
        with pytest.raises(XiangmaError) as error:
            list(wrong.judged(keyed, schema, 0, "zh"))
        assert error.value.code == code


def test_what_is_made_once_is_made_once(candidates):
    plan, schema = task(candidates)
    numbered = candidates.append_column("n", pa.array(range(len(candidates)), pa.int64()))
    cluster._reader.cache_clear()
    cluster._locator.cache_clear()
    batches = list(plan.keyed(numbered.to_batches(max_chunksize=5)))
    list(plan.judged(batches, schema, 0, "zh"))
    assert cluster._reader.cache_info().misses == 1
    assert cluster._locator.cache_info().misses == 1


def test_names_that_hang_together():
    assert cluster._joined([["b", "a"], ["c", "b"], ["x", "y"], ["d", "c"]]) == {
        "a": "a",
        "b": "a",
        "c": "a",
        "d": "a",
        "x": "x",
        "y": "x",
    }
