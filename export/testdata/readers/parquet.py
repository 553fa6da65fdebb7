"""What Parquet files say of themselves, as pyarrow, DuckDB and Polars see it: parquet.py FOLDER."""
import json
import pathlib
import re
import sys

import duckdb
import polars
import pyarrow.parquet

says = {}
for path in sorted(pathlib.Path(sys.argv[1], "parquet").rglob("*.parquet")):
    file = pyarrow.parquet.ParquetFile(path)
    meta, schema = file.metadata, file.schema_arrow
    groups = [meta.row_group(i) for i in range(meta.num_row_groups)]
    columns = [group.column(i) for group in groups for i in range(group.num_columns)]
    of = {"name": str(path)}
    keyed = duckdb.execute("SELECT decode(key), decode(value) FROM parquet_kv_metadata($name)", of).fetchall()
    made_by, rows = duckdb.execute("SELECT created_by, num_rows FROM parquet_file_metadata($name)", of).fetchone()
    bounds = duckdb.execute(
        "SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count, compression FROM parquet_metadata($name)", of).fetchall()
    repetition = duckdb.execute("SELECT name, repetition_type FROM parquet_schema($name)", of).fetchall()
    says[str(path.relative_to(sys.argv[1]))] = {
        "created_by": [meta.created_by, made_by],
        "version": re.fullmatch(r"(.*?)\s+version\s*(\S*)\s*\(build\s*(.*?)\)", meta.created_by).groups(),
        "rows": [meta.num_rows, rows, polars.read_parquet(path).height],
        "metadata": [
            {k.decode(): v.decode() for k, v in (meta.metadata or {}).items() if k != b"ARROW:schema"},
            dict(keyed),
            {k: v for k, v in polars.read_parquet_metadata(path).items() if k != "ARROW:schema"},
        ],
        "required": [
            [field.name for field in schema if not field.nullable],
            [name for name, kind in repetition if kind == "REQUIRED" and name in schema.names],
        ],
        "sorted": [[schema.names[s.column_index] for s in group.sorting_columns] for group in groups],
        "compression": sorted({c.compression for c in columns} | {c[4] for c in bounds}),
        "without": sorted({c.path_in_schema for c in columns if c.num_values and not c.statistics} | {c[0] for c in bounds if c[3] is None}),
        "bounds": {
            c.path_in_schema: [str(c.statistics.min), str(c.statistics.max), c.statistics.null_count]
            for c in columns if len(groups) == 1 and c.statistics and c.statistics.has_min_max
        },
        "bounds_duckdb": {c[0]: [c[1], c[2], c[3]] for c in bounds if len(groups) == 1 and c[1] is not None},
    }
json.dump(says, sys.stdout)
