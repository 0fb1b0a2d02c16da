"""Tables that tests share."""

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
import xiangma

DATA = Path(__file__).parents[2] / "tests" / "data"
DAY = "2026-11-01"


def sample(name: str) -> pa.Table:
    """A file of the project's own samples, as a table of texts."""
    rows = list(csv.reader(io.StringIO((DATA / name).read_text(encoding="utf-8-sig"))))
    at = next(i for i, row in enumerate(rows) if row[0] == "企业名称")
    return pa.table({heading: [row[c] for row in rows[at + 1 :]] for c, heading in enumerate(rows[at])})


@pytest.fixture(scope="session")
def candidates() -> pa.Table:
    return sample("sample_candidates.csv")


@pytest.fixture(scope="session")
def stated() -> dict:
    """What every build and runtime makes of the sample."""
    return json.loads((DATA / "sample_ranking.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def diagnosis() -> xiangma.Diagnosis:
    return xiangma.diagnose(sample("sample_residents.csv"), chains=["optoelectronics"])


@pytest.fixture(scope="session")
def judging(diagnosis: xiangma.Diagnosis) -> dict:
    """By what the sample is judged."""
    return {"diagnosis": diagnosis, "chains": ["optoelectronics"], "as_of": DAY}


WARES = ["光模块", "锂电池", "工业机器人", "碳纤维", "集成电路设计", "钢材批发", "光学镜头", "餐饮服务"]
PROVINCES = ["江苏", "浙江", "湖北", ""]


def code(number: int) -> str:
    """A credit code that checks."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91320594" + f"MA{number:07d}"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


def herd(count: int, seed: int = 7) -> pa.Table:
    """So many rows; one in seven is of an enterprise above.

    Some of those have another name and its code, some no code, or no province.
    """
    state = seed

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (state >> 33) % below

    columns: dict = {
        h: []
        for h in [
            "企业名称",
            "统一社会信用代码",
            "主营产品",
            "注册资本(万元)",
            "参保人数",
            "成立日期",
            "所属省份",
            "备注",
        ]
    }
    for row in range(count):
        who = draw(row + 1) if draw(7) == 0 else row
        name = f"第{who}示例科技有限公司" if draw(9) else f"示例({who})光电有限责任公司"
        told = [
            name,
            code(who) if draw(3) else "",
            WARES[draw(8)],
            str(draw(9000)),
            str(draw(900)) if draw(3) else None,
            f"{1990 + draw(36)}-03-04",
            PROVINCES[draw(4)],
            f"备注{draw(100)}",
        ]
        for column, cell in zip(columns.values(), told, strict=True):
            column.append(cell)
    return pa.table(columns)
