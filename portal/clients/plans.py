"""A hint for SQLite, which has no statistics and takes any index that fits: leave the one of this column alone."""

from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlalchemy.sql.functions import FunctionElement

T = TypeVar("T")


class _Unindexed(FunctionElement[Any]):
    """The column as it is; for SQLite with a plus before it, which keeps it from being looked up in an index."""

    name = "unindexed"
    inherit_cache = True


@compiles(_Unindexed)
def _as_it_is(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_Unindexed, "sqlite")
def _with_plus(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def unindexed(column: SQLCoreOperations[T]) -> ColumnElement[T]:
    """Compare or sort by a column without its index: another one is known to be better here."""
    element: Any = _Unindexed(column)
    element.type = cast(ColumnElement[T], column).type
    plain: ColumnElement[T] = element
    return plain
