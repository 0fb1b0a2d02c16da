from collections.abc import Mapping, Sequence
from datetime import date
from os import PathLike
from typing import Any, Literal, Protocol

__version__: str

class ArrowStream(Protocol):
    """A table of Polars, DuckDB, pandas, DataFusion, pyarrow, or of this package."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class ArrowArray(Protocol):
    """A record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

ArrowTable = ArrowStream | ArrowArray
Card = str | Mapping[str, Any] | PathLike[str]
Day = date | str

class XiangmaError(Exception):
    """What went wrong and what to do about it; `code` is stable."""

    code: str
    row: int | None
    column: str | None

class Table:
    """A table of results, for any library that takes Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    @property
    def metadata(self) -> dict[str, str]: ...
    @property
    def report(self) -> dict[str, Any] | None: ...
    def to_dict(self) -> dict[str, list[Any]]: ...
    def to_pandas(self) -> Any: ...
    def to_polars(self) -> Any: ...
    def to_pyarrow(self) -> Any: ...

class Reader:
    """How the columns of a table are read, decided once by a sample."""

    def __init__(
        self,
        sample: ArrowTable,
        *,
        map: Mapping[str, str] | None = None,
        ignore: Sequence[str] | None = None,
        as_of: Day | None = None,
    ) -> None: ...
    @property
    def columns(self) -> list[tuple[str, str]]: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(text: str) -> Reader: ...

class Locator:
    """The chains that come with the library, and those of a team beside them."""

    def __init__(self, chains: str | Mapping[str, Any] | Sequence[Any] | PathLike[str] | None = None) -> None: ...
    @property
    def chains(self) -> list[dict[str, Any]]: ...

class Diagnosis:
    """What a park has and lacks on the chains, and who is there."""

    def __len__(self) -> int: ...
    @property
    def signature(self) -> str: ...
    def links(self) -> Table: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(text: str) -> Diagnosis: ...

class Assessment:
    """Enterprises and their points."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...
    def append(self, other: Assessment) -> None: ...
    def to_table(self, *, top: int = 0, reasons: Literal["zh", "en"] = "zh", threads: int | None = None) -> Table: ...
    @property
    def signature(self) -> str: ...
    @property
    def diagnosis(self) -> str | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def left_out(self) -> list[str]: ...
    @property
    def weights(self) -> list[tuple[str, int]]: ...
    @property
    def report(self) -> dict[str, Any]: ...

class Model:
    """What was learned from outcomes."""

    @property
    def usable(self) -> bool: ...
    def to_json(self) -> str: ...
    @staticmethod
    def from_json(text: str) -> Model: ...

def read_file(
    file: str | PathLike[str] | bytes,
    *,
    sheets: Sequence[str] | None = None,
    map: Mapping[str, str] | None = None,
    ignore: Sequence[str] | None = None,
    as_of: Day | None = None,
    threads: int | None = None,
) -> Table: ...
def locate(
    table: ArrowTable,
    *,
    locator: Locator | None = None,
    reader: Reader | None = None,
    row: str | None = None,
    merge: bool = True,
    near_misses: bool = True,
    threads: int | None = None,
) -> Table: ...
def diagnose(
    residents: ArrowTable,
    *,
    chains: Sequence[str] | None = None,
    card: Card | None = None,
    locator: Locator | None = None,
    reader: Reader | None = None,
    as_of: Day | None = None,
    threads: int | None = None,
) -> Diagnosis: ...
def assess(
    table: ArrowTable,
    card: Card | None = None,
    diagnosis: Diagnosis | None = None,
    *,
    as_of: Day,
    chains: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    locator: Locator | None = None,
    reader: Reader | None = None,
    row: str | None = None,
    threads: int | None = None,
) -> Assessment: ...
def rank(
    table: ArrowTable | Assessment,
    card: Card | None = None,
    diagnosis: Diagnosis | None = None,
    *,
    top: int | None = None,
    reasons: Literal["zh", "en"] | None = "zh",
    as_of: Day | None = None,
    chains: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    locator: Locator | None = None,
    reader: Reader | None = None,
    row: str | None = None,
    threads: int | None = None,
) -> Table: ...
def explain(assessment: Assessment, who: int | str) -> dict[str, Any]: ...
def train(
    table: ArrowTable,
    outcome: str,
    *,
    positive: Sequence[str] | None = None,
    negative: Sequence[str] | None = None,
    open: Sequence[str] | None = None,
    known: Sequence[str] | None = None,
    date: str | None = None,
    exclude: Sequence[str] | None = None,
    rising: Sequence[str] | None = None,
    falling: Sequence[str] | None = None,
    prior: str | None = None,
    weight: str | None = None,
    contacted: str | None = None,
    seed: int = 1,
    threads: int | None = None,
) -> tuple[Model, dict[str, Any]]: ...
def predict(table: ArrowTable, model: Model, *, anyway: bool = False, threads: int | None = None) -> Table: ...
def keyed(table: ArrowTable, *, reader: Reader, row: str, as_of: Day, threads: int | None = None) -> Table: ...
def judge(
    table: ArrowTable,
    card: Card | None = None,
    diagnosis: Diagnosis | None = None,
    *,
    as_of: Day,
    chains: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    locator: Locator | None = None,
    reader: Reader,
    threads: int | None = None,
) -> Assessment: ...
def digest(table: ArrowTable) -> str: ...
def card_json(card: Card | None = None) -> str: ...
def presets() -> list[str]: ...
