"""From whichever library a table comes, and however it spells its columns: one answer, one digest."""

import datetime
import pickle

import datafusion
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import xiangma
from conftest import DATA, DAY, herd


def as_pandas(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas()


def as_polars(table: pa.Table) -> pl.DataFrame:
    return pl.from_arrow(table)


def as_duckdb(table: pa.Table) -> duckdb.DuckDBPyRelation:
    connection = duckdb.connect()
    connection.register("candidates", table)
    return connection.sql("from candidates")


def as_datafusion(table: pa.Table) -> datafusion.DataFrame:
    return datafusion.SessionContext().from_arrow(table)


def as_large(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([(name, pa.large_string()) for name in table.column_names]))


def as_views(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([(name, pa.string_view()) for name in table.column_names]))


def as_dictionaries(table: pa.Table) -> pa.Table:
    return pa.table({name: pc.dictionary_encode(table[name]) for name in table.column_names})


def as_batches(table: pa.Table) -> pa.Table:
    """In batches of 0, 1 and 7 rows."""
    cuts = [table.slice(0, 0), table.slice(0, 1), *(table.slice(at, 7) for at in range(1, len(table), 7))]
    return pa.Table.from_batches([batch for cut in cuts for batch in cut.to_batches()], table.schema)


def as_reader(table: pa.Table) -> pa.RecordBatchReader:
    return table.to_reader(max_chunksize=10)


WAYS = [
    as_pandas,
    as_polars,
    as_duckdb,
    as_datafusion,
    as_large,
    as_views,
    as_dictionaries,
    as_batches,
    as_reader,
]


@pytest.mark.parametrize("way", WAYS)
def test_the_sample_has_the_stated_digest(way, candidates, judging, stated):
    assessment = xiangma.assess(way(candidates), **judging)
    assert assessment.digest == stated["digest"]
    assert xiangma.digest(assessment) == stated["digest"]
    best = xiangma.rank(assessment, top=5).to_dict()
    assert best["name"] == stated["top"]
    assert best["rank"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_nothing(threads, judging):
    table = herd(3000)
    assert xiangma.assess(table, **judging, threads=threads).digest == xiangma.assess(table, **judging).digest


def test_a_file_and_its_table_are_one(judging, stated):
    table = xiangma.read_file(DATA / "sample_candidates.csv")
    assert table.report["read"] == len(table)
    assert xiangma.assess(table, **judging).digest == stated["digest"]
    assert len(xiangma.read_file((DATA / "sample_candidates.csv").read_bytes())) == len(table)


def test_results_go_anywhere(candidates, judging):
    best = xiangma.rank(candidates, **judging, top=7)
    assert len(best) == 7
    assert best.to_polars()["rank"].to_list() == [1, 2, 3, 4, 5, 6, 7]
    assert list(best.to_pandas()["rank"]) == [1, 2, 3, 4, 5, 6, 7]
    assert best.to_pyarrow()["rank"].to_pylist() == [1, 2, 3, 4, 5, 6, 7]
    arrow = best.to_pyarrow()
    assert duckdb.sql("select count(*), min(rank) from arrow").fetchall() == [(7, 1)]
    assert datafusion.SessionContext().from_arrow(best).count() == 7
    assert best.to_dict()["name"] == arrow["name"].to_pylist()


def test_every_result_says_what_it_is_of(candidates, judging, diagnosis):
    assessment = xiangma.assess(candidates, **judging)
    best = xiangma.rank(candidates, **judging, top=3)
    assert set(best.to_dict()["card"]) == {assessment.signature} == {best.metadata["xiangma.card"]}
    assert set(best.to_dict()["diagnosis"]) == {diagnosis.signature} == {best.metadata["xiangma.diagnosis"]}
    assert '"as_of":"2026-11-01"' in best.metadata["xiangma.basis"]
    assert diagnosis.links().metadata["xiangma.diagnosis"] == diagnosis.signature
    alone = xiangma.rank(candidates, as_of=DAY, top=3)
    assert alone.to_dict()["diagnosis"] == [None] * 3


def test_numbers_days_flags_and_lists_are_read_as_people_write_them():
    table = pa.table(
        {
            "企业名称": ["示例光电有限公司"],
            "主营产品": pa.array([["光模块", "光器件"]], pa.list_(pa.string())),
            "参保人数": pa.array([120.0], pa.float64()),
            "注册资本(万元)": pa.array([5000], pa.int16()),
            "成立日期": pa.array([datetime.date(2012, 3, 4)], pa.date32()),
            "融资日期": pa.array([datetime.datetime(2024, 5, 6, 7, 8)], pa.timestamp("us", "Asia/Shanghai")),
            "高新技术企业": pa.array([True]),
        }
    )
    reader = xiangma.Reader(table)
    enterprise = xiangma.keyed(table.append_column("n", [[3]]), reader=reader, row="n", as_of=DAY).to_dict()[
        "enterprise"
    ][0]
    for told in [
        '"staff":120',
        '"established":"2012-03-04"',
        '"amount":50000000.0',
        '"financing_date":"2024-05-06"',
        "high_tech",
        "光器件",
    ]:
        assert told in enterprise, told


def test_rows_have_numbers_of_their_own(judging):
    """In whichever order they come, and whether or not the sample had them."""
    table = herd(300).append_column("n", pa.array(range(1000, 1300)))
    whole = xiangma.assess(table, **judging, row="n")
    assert min(pa.table(whole)["first"].to_pylist()) == 1000
    back = table.sort_by([("n", "descending")])
    assert (
        xiangma.assess(back, **judging, row="n", reader=xiangma.Reader(table.drop_columns(["n"]))).digest
        == whole.digest
    )
    assert xiangma.assess(back, **judging, row="n", reader=xiangma.Reader(table)).digest == whole.digest


def test_locating_gives_a_row_a_match(candidates):
    found = xiangma.locate(candidates).to_polars()
    best = found.filter(pl.col("place") == 1)
    assert found["believed"].any() and not found["believed"].all()
    assert found.filter(~pl.col("believed"))["doubt"].null_count() == 0
    assert best["row"].n_unique() == len(best)
    assert len(xiangma.locate(candidates, near_misses=False)) == found["believed"].sum()
    assert "光模块" in best["words"][0]


def test_rows_of_one_enterprise_are_joined_or_not():
    table = pa.table({"企业名称": ["示例光电有限公司"] * 2, "主营产品": ["光模块", "光芯片"]})
    assert set(xiangma.locate(table).to_dict()["row"]) == {0}
    assert set(xiangma.locate(table, merge=False).to_dict()["row"]) == {0, 1}


def test_one_is_explained(candidates, judging):
    assessment = xiangma.assess(candidates, **judging)
    best = xiangma.rank(assessment, top=1, reasons="en").to_dict()
    for who in (best["row"][0], best["key"][0]):
        told = xiangma.explain(assessment, who)
        assert told["rank"] == 1 and told["score"] == best["score"][0]
        assert abs(sum(c["contribution"] for c in told["contributions"]) - told["score"]) < 0.01
        assert told["matches"][0]["spans"]
        assert all(reason["zh"] and reason["en"] for reason in told["reasons"])
    assert best["reasons"][0]
    with pytest.raises(xiangma.XiangmaError) as error:
        xiangma.explain(assessment, 10**6)
    assert error.value.code == "BAD_ARGUMENT"


def test_what_travels_comes_back(diagnosis, candidates, judging):
    again = pickle.loads(pickle.dumps(diagnosis))
    assert again.signature == diagnosis.signature and len(again) == len(diagnosis)
    reader = xiangma.Reader(candidates)
    assert pickle.loads(pickle.dumps(reader)).columns == reader.columns
    assert "某某" not in reader.to_json()
    locator = xiangma.Locator(DATA / "tea_chain.json")
    assert "tea" in [chain["id"] for chain in locator.chains]
    assert len(pickle.loads(pickle.dumps(locator)).chains) == len(locator.chains)


def test_headings_are_corrected_by_a_reader():
    table = pa.table({"客商": ["示例光电有限公司"], "干什么的": ["光学镜头制造"], "联系电话": ["13800000000"]})
    with pytest.raises(xiangma.XiangmaError) as error:
        xiangma.locate(table)
    assert error.value.code == "NO_HEADER"
    reader = xiangma.Reader(table, map={"客商": "name", "干什么的": "main_business"})
    assert dict(reader.columns) == {"客商": "name", "干什么的": "main_business", "联系电话": "unused"}
    assert xiangma.locate(table, reader=reader).to_dict()["name"][0] == "示例光电有限公司"


@pytest.mark.parametrize("shards", [1, 2, 5])
def test_shards_of_one_machine_are_one_table(shards, judging):
    """Where no enterprise is in two of them."""
    table = xiangma.read_file(_csv(herd(1500))).to_pyarrow()
    table = table.append_column("n", pa.array(range(len(table))))
    whole = xiangma.assess(table, **judging, row="n")
    reader = xiangma.Reader(table.drop_columns(["n"]))
    step = -(-len(table) // shards)
    parts = [
        xiangma.assess(table.slice(at, step), **judging, row="n", reader=reader) for at in range(0, len(table), step)
    ]
    first, *rest = parts
    for part in rest:
        first.append(part)
    assert first.digest == whole.digest
    assert xiangma.rank(first, top=20).to_dict() == xiangma.rank(whole, top=20).to_dict()
    assert xiangma.digest(pa.concat_tables([pa.table(first)])) == whole.digest


def _csv(table: pa.Table) -> bytes:
    lines = [",".join(table.column_names)]
    lines += [",".join("" if cell is None else cell for cell in row.values()) for row in table.to_pylist()]
    return "\n".join(lines).encode()


def test_a_table_and_its_file_are_judged_alike(judging):
    """With namesakes, other names of one code, and rows that know half of it."""
    table = herd(1500)
    assert xiangma.assess(xiangma.read_file(_csv(table)), **judging).digest == xiangma.assess(table, **judging).digest


def test_chances_are_learned_and_given():
    rows = range(400)
    yes = [(i * 7 + i // 3) % 10 < (7 if i % 4 == 0 else 2) for i in rows]
    leads = pd.DataFrame(
        {
            "city": [["A", "B", "C", "D"][i % 4] for i in rows],
            "staff": [i * 13 % 90 for i in rows],
            "landed": ["yes" if y else "no" for y in yes],
        }
    )
    model, report = xiangma.train(leads, "landed")
    assert report["verdict"] == "use" and model.usable
    chances = xiangma.predict(leads, pickle.loads(pickle.dumps(model))).to_dict()
    assert chances["row"] == list(rows)
    assert chances["probability"][0] > 0.5 > 0.4 > chances["probability"][1]
    assert all(
        low <= p <= high for low, p, high in zip(chances["low"], chances["probability"], chances["high"], strict=True)
    )
    assert xiangma.Model.from_json(model.to_json()).to_json() == model.to_json()


def test_help_tells():
    for thing in (xiangma, *(getattr(xiangma, name) for name in xiangma.__all__ if name != "__version__")):
        assert thing.__doc__ and len(thing.__doc__) > 40, thing
