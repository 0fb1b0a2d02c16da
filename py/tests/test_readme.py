"""What the pages show works, in the order in which they show it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["py/README.md", "docs/python.md", "docs/en/python.md", "docs/zh/python.md"])
def test_examples_of_a_page_run(page):
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert blocks
    names: dict = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)  # noqa: S102
