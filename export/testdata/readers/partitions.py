"""Reads a table that is cut into partitions as one: partitions.py READER FOLDER COLUMN VALUE

Prints JSON: {types: {column: type}, partitions: [[value, rows]], files, read}: the rows of each value of the COLUMN, how many files there are,
and the folders of those that are read for the rows of one VALUE; an empty VALUE stands for the rows that have none.
"""
import glob, json, os, re, sys, urllib.parse

reader, folder, column, value = sys.argv[1:5]


def folders(files):
    return sorted({os.path.basename(os.path.dirname(urllib.parse.unquote(file))) for file in files})


def by_pyspark():
    from pyspark.sql import SparkSession
    options = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.showConsoleProgress": "false"}
    session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    table = session.read.parquet(folder)
    counts = table.groupBy(column).count().collect()
    chosen = table.where(table[column] == value if value else table[column].isNull())
    if not re.search(r"PartitionFilters: \[[^\]]", chosen._jdf.queryExecution().executedPlan().toString()):
        sys.exit("the plan has no filter of partitions")
    read = {row[0] for row in chosen.selectExpr("input_file_name()").distinct().collect()}
    return dict(table.dtypes), counts, len(table.inputFiles()), read


def by_duckdb():
    import duckdb
    table = f"read_parquet('{folder}/*/*.parquet', hive_partitioning = true, filename = true)"
    types = {name: kind for name, kind, *_ in duckdb.sql(f"describe from {table}").fetchall() if name != "filename"}
    counts = duckdb.sql(f"select {column}, count(*) from {table} group by 1").fetchall()
    where = f"where {column} = '{value}'" if value else f"where {column} is null"
    read = {row[0] for row in duckdb.sql(f"select distinct filename from {table} {where}").fetchall()}
    plan = duckdb.sql(f"explain analyze select * from {table} {where}").fetchall()[0][1]
    if int(re.search(r"Total Files Read: *(\d+)", plan)[1]) != len(read):
        sys.exit("the plan reads other files:\n" + plan)
    return types, counts, len(glob.glob(folder + "/*/*.parquet")), read


def by_pyarrow():
    import pyarrow.dataset
    table = pyarrow.dataset.dataset(folder, partitioning=pyarrow.dataset.HivePartitioning.discover(infer_dictionary=False))
    field = pyarrow.dataset.field(column)
    fragments = table.get_fragments(filter=field == value if value else field.is_null())
    counts = table.to_table(columns=[column]).group_by(column).aggregate([([], "count_all")]).to_pylist()
    return {f.name: str(f.type) for f in table.schema}, [(row[column], row["count_all"]) for row in counts], len(table.files), [f.path for f in fragments]


types, partitions, files, read = globals()["by_" + reader]()
json.dump({"types": types, "partitions": [[row[0], row[1]] for row in partitions], "files": files, "read": folders(read)}, sys.stdout)
