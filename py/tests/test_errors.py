"""What cannot be right is said to be wrong, as one class of error with a code."""

import datetime

import pyarrow as pa
import pytest
import xiangma
from conftest import DAY, herd
from xiangma import XiangmaError


def refused(work, code: str, column: str | None = None) -> str:
    with pytest.raises(XiangmaError) as error:
        work()
    assert error.value.code == code, error.value
    assert error.value.column == column
    return str(error.value)


ONE = pa.table({"企业名称": ["示例光电有限公司"], "主营产品": ["光模块"]})


def test_what_is_no_table():
    for thing in ([1, 2], {"a": [1]}, None, 7, "candidates.csv"):
        words = refused(lambda thing=thing: xiangma.locate(thing), "BAD_ARGUMENT")
        assert "__arrow_c_stream__" in words


def test_a_table_without_names():
    refused(lambda: xiangma.locate(pa.table({"主营产品": ["光模块"]})), "NO_HEADER")


def test_a_table_without_rows_or_columns():
    refused(lambda: xiangma.locate(ONE.slice(0, 0)), "NO_ROWS")
    refused(lambda: xiangma.locate(pa.table({})), "EMPTY_FILE")


def test_names_that_are_nothing():
    table = pa.table({"企业名称": pa.array([None, None], pa.string()), "主营产品": ["光模块", "光芯片"]})
    assessment = xiangma.assess(table, as_of=DAY)
    assert len(assessment) == 0 and assessment.report["rejected_rows"] == 2
    assert xiangma.rank(assessment).to_dict()["name"] == []
    assert len(xiangma.locate(table)) == 0


def test_a_column_of_nulls_is_unknown():
    table = ONE.append_column("参保人数", pa.nulls(1)).append_column("注册资本", pa.nulls(1, pa.decimal128(10, 2)))
    assert xiangma.rank(table, as_of=DAY).to_dict()["rank"] == [1]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([{"a": 1}], pa.struct([("a", pa.int64())])),
        pa.array([b"\xff"], pa.binary()),
        pa.array([datetime.timedelta(1)], pa.duration("s")),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    ],
)
def test_columns_of_another_type(cells):
    words = refused(lambda: xiangma.assess(ONE.append_column("参保人数", cells), as_of=DAY), "BAD_ARGUMENT", "参保人数")
    assert "staff" in words
    # Where nothing is read from it, it does no harm.
    assert len(xiangma.assess(ONE.append_column("附件", cells), as_of=DAY)) == 1


def test_too_many_columns():
    wide = pa.table({"企业名称": ["示例光电有限公司"], **{f"c{i}": ["x"] for i in range(65_536)}})
    assert "65537" in refused(lambda: xiangma.locate(wide), "LIMIT")


def test_too_long_a_cell():
    table = pa.table({"企业名称": ["示例光电有限公司"] * 600, "经营范围": ["光模块"] * 599 + ["光" * 200_000]})
    refused(lambda: xiangma.locate(table), "LIMIT")


def test_a_column_that_is_missing():
    reader = xiangma.Reader(ONE)
    refused(lambda: xiangma.locate(ONE.drop_columns(["主营产品"]), reader=reader), "BAD_ARGUMENT", "主营产品")
    refused(lambda: xiangma.locate(ONE, row="n"), "BAD_ARGUMENT", "n")


@pytest.mark.parametrize("numbers", [pa.array([None], pa.int64()), pa.array([-1]), pa.array(["1"]), pa.array([0.5])])
def test_numbers_of_rows_that_are_none(numbers):
    refused(lambda: xiangma.locate(ONE.append_column("n", numbers), row="n"), "BAD_ARGUMENT", "n")


def test_cards():
    refused(lambda: xiangma.rank(ONE, "no such card", as_of=DAY), "BAD_ARGUMENT")
    refused(lambda: xiangma.rank(ONE, {"format": "xiangma-scorecard"}, as_of=DAY), "BAD_SCORECARD")
    import json

    card = json.loads(xiangma.card_json("gaps_first"))
    assert xiangma.rank(ONE, card, as_of=DAY).to_dict() == xiangma.rank(ONE, "gaps_first", as_of=DAY).to_dict()
    refused(lambda: xiangma.rank(ONE, {**card, "version": 2}, as_of=DAY), "BAD_SCORECARD", "format")
    card["criteria"][0]["weight"] += 1
    refused(lambda: xiangma.rank(ONE, card, as_of=DAY), "BAD_SCORECARD", "weight")


def test_days_chains_and_languages():
    refused(lambda: xiangma.rank(ONE), "BAD_ARGUMENT")
    refused(lambda: xiangma.rank(ONE, as_of="1 November"), "BAD_ARGUMENT")
    refused(lambda: xiangma.rank(ONE, as_of=DAY, chains=["no_such"]), "UNKNOWN_CHAIN")
    refused(lambda: xiangma.rank(ONE, as_of=DAY, reasons="fr"), "BAD_ARGUMENT")
    same = [
        xiangma.assess(ONE, as_of=day).digest
        for day in (DAY, datetime.date(2026, 11, 1), datetime.datetime(2026, 11, 1, 8))
    ]
    assert len(set(same)) == 1


def test_what_an_assessment_has_already():
    assessment = xiangma.assess(ONE, as_of=DAY)
    refused(lambda: xiangma.rank(assessment, as_of=DAY), "BAD_ARGUMENT")
    refused(lambda: assessment.append(assessment), "BAD_ARGUMENT")


def test_parts_that_were_not_judged_alike():
    assessment = xiangma.assess(ONE, as_of=DAY)
    refused(lambda: assessment.append(xiangma.assess(ONE, "gaps_first", as_of=DAY)), "BAD_ARGUMENT")
    diagnosis = xiangma.diagnose(ONE)
    refused(lambda: assessment.append(xiangma.assess(ONE, None, diagnosis, as_of=DAY)), "BAD_ARGUMENT")
    assert len(assessment) == 1


def test_kept_texts_of_something_else():
    for kind in (xiangma.Diagnosis, xiangma.Reader):
        refused(lambda kind=kind: kind.from_json("{}"), "BAD_ARGUMENT")
    later = xiangma.diagnose(ONE).to_json().replace('"version":1', '"version":2')
    assert "version 2" in refused(lambda: xiangma.Diagnosis.from_json(later), "BAD_ARGUMENT")
    refused(lambda: xiangma.Model.from_json("{}"), "BAD_MODEL")


def test_files(tmp_path):
    refused(lambda: xiangma.read_file(tmp_path / "none.csv"), "UNREADABLE")
    refused(lambda: xiangma.read_file(b""), "EMPTY_FILE")


def test_outcomes():
    leads = pa.table({"city": ["A"] * 5, "landed": ["yes", "no", "yes", "no", "no"]})
    refused(lambda: xiangma.train(leads, "landed"), "TOO_FEW_OUTCOMES")
    with pytest.raises(XiangmaError):
        xiangma.train(leads, "no such column")


def test_a_stream_that_breaks():
    schema = pa.schema([("企业名称", pa.string())])

    def batches():
        yield pa.record_batch([["示例光电有限公司"]], schema=schema)
        raise OSError("the line is cut")

    words = refused(lambda: xiangma.locate(pa.RecordBatchReader.from_batches(schema, batches())), "BAD_ARGUMENT")
    assert "the line is cut" in words


def test_the_lock_is_free_while_it_works():
    """Other threads of Python go on."""
    import threading
    import time

    table, beats, done = herd(20_000), [], threading.Event()

    def beat():
        while not done.is_set():
            beats.append(time.perf_counter())
            time.sleep(0.002)

    thread = threading.Thread(target=beat)
    thread.start()
    start = time.perf_counter()
    xiangma.assess(table, as_of=DAY, threads=1)
    took = time.perf_counter() - start
    done.set()
    thread.join()
    assert len([b for b in beats if start < b < start + took]) > 5
