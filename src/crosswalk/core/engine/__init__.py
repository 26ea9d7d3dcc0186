"""The one seam to the column engine: register, sql, fetch, write_parquet. DuckDB by default."""

from crosswalk.core.engine.binding import bind, literal
from crosswalk.core.engine.duck import DuckEngine

__all__ = ["DuckEngine", "bind", "literal"]
