"""Reads a table that is cut into partitions as one, with Spark: partitions.py FOLDER COLUMN VALUE

Prints JSON: {types: {column: type}, partitions: {partition: rows}, files, read}: how many files there are, and the paths of those that are read
for the rows of one VALUE of the COLUMN.
"""
import json, sys, urllib.parse
from pyspark.sql import SparkSession

folder, column, value = sys.argv[1:4]
options = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.showConsoleProgress": "false"}
session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
session.sparkContext.setLogLevel("ERROR")
table = session.read.parquet(folder)
counts = table.groupBy(column).count().collect()
chosen = table.where(table[column] == value)
plan = chosen._jdf.queryExecution().executedPlan()
json.dump({
    "types": dict(table.dtypes),
    "partitions": {row[0]: row[1] for row in counts},
    "files": len(table.inputFiles()),
    "read": sorted({urllib.parse.unquote(row[0]).rsplit("/", 2)[1] for row in chosen.selectExpr("input_file_name()").distinct().collect()}),
    "filter": "PartitionFilters: [isnotnull" in plan.toString(),
}, sys.stdout)
session.stop()
