"""Reads all files of one format with one reader: tables.py READER FORMAT FOLDER HEADER

Prints JSON: {version, tables: {file or sheet: {columns, rows}}}. Days are in ISO 8601, decimals are texts where the reader has them exact,
lists are lists. Of a worksheet, HEADER is the row of the column titles, counted from 1.
"""
import datetime, decimal, glob, importlib.metadata, importlib.resources, json, os, re, sys, zipfile

reader, format, folder, header = *sys.argv[1:4], int(sys.argv[4])
paths = {"csv": "csv/*.csv", "jsonl": "json/*.jsonl", "parquet": "parquet/*.parquet", "xlsx": "*.xlsx", "ods": "*.ods"}
files = sorted(glob.glob(os.path.join(folder, paths[format])))
stems = {os.path.splitext(os.path.basename(file))[0]: file for file in files}


def plain(value):
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    if type(value).__name__ in ("NaTType", "NAType") or value != value:
        return None
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def table(columns, rows):
    return {"columns": list(columns), "rows": [[plain(cell) for cell in row] for row in rows]}


def of_pandas(frame):
    return table(frame.columns, frame.astype(object).itertuples(index=False, name=None))


def of_polars(frame):
    return table(frame.columns, frame.iter_rows())


def sheets_of(rows_of_sheets):
    """The tables of worksheets, which are given as all of their rows."""
    return {sheet: table(rows[header - 1], rows[header:]) for sheet, rows in rows_of_sheets if len(rows) >= header}


def by_pandas(engine="openpyxl"):
    import pandas
    if format in ("xlsx", "ods"):
        sheets = pandas.read_excel(files[0], sheet_name=None, header=header - 1, dtype=object, keep_default_na=False, na_values=[""], engine=engine)
        return {sheet: of_pandas(frame) for sheet, frame in sheets.items()}
    read = {
        "csv": lambda file: pandas.read_csv(file, dtype=str, keep_default_na=False),
        "jsonl": lambda file: pandas.read_json(file, lines=True, dtype=False),
        "parquet": pandas.read_parquet,
    }[format]
    return {stem: of_pandas(read(file)) for stem, file in stems.items()}


def by_polars():
    import polars
    if format == "xlsx":
        sheets = polars.read_excel(files[0], sheet_id=0, infer_schema_length=None, read_options={"header_row": header - 1})
        return {sheet: of_polars(frame) for sheet, frame in sheets.items()}
    read = {
        "csv": lambda file: polars.read_csv(file, infer_schema=False),
        "jsonl": lambda file: polars.read_ndjson(file, infer_schema_length=None),
        "parquet": polars.read_parquet,
    }[format]
    return {stem: of_polars(read(file)) for stem, file in stems.items()}


def by_pyarrow():
    import pyarrow.csv, pyarrow.json, pyarrow.parquet

    def csv(file):
        with open(file, encoding="utf-8") as lines:
            texts = {name: pyarrow.string() for name in lines.readline().rstrip("\n").split(",")}
        return pyarrow.csv.read_csv(file, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
                                    convert_options=pyarrow.csv.ConvertOptions(column_types=texts))
    read = {"csv": csv, "jsonl": pyarrow.json.read_json, "parquet": pyarrow.parquet.read_table}[format]
    found = {stem: read(file) for stem, file in stems.items()}
    return {stem: table(t.column_names, zip(*(column.to_pylist() for column in t.columns))) for stem, t in found.items()}


def by_duckdb():
    import duckdb
    connection = duckdb.connect()

    def read(source):
        relation = connection.sql(f"SELECT * FROM {source}")
        return table(relation.columns, relation.fetchall())
    if format == "xlsx":
        extension, = importlib.resources.files("duckdb_extension_excel").glob("extensions/*/excel.duckdb_extension")
        connection.load_extension(str(extension))
        names = re.findall(r'<sheet name="([^"]*)"', zipfile.ZipFile(files[0]).read("xl/workbook.xml").decode())
        return {name: read(f"read_xlsx({quoted(files[0])}, sheet = {quoted(name)}, range = 'A{header}:ZZ1048576', header = true, stop_at_empty = true, empty_as_varchar = true)")
                for name in names}
    source = {
        "csv": "read_csv({}, all_varchar = true, header = true, delim = ',', quote = '\"')",
        "jsonl": "read_json({}, format = 'newline_delimited', sample_size = -1)",
        "parquet": "read_parquet({})",
    }[format]
    return {stem: read(source.format(quoted(file))) for stem, file in stems.items()}


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def by_openpyxl():
    import openpyxl
    book = openpyxl.load_workbook(files[0], data_only=True)
    return sheets_of((sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets)


def by_calamine():
    import python_calamine
    book = python_calamine.CalamineWorkbook.from_path(files[0])
    rows = ((name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)
    return sheets_of((name, [[None if cell == "" else cell for cell in row] for row in sheet]) for name, sheet in rows)


def by_fastexcel():
    import fastexcel
    book, found = fastexcel.read_excel(files[0]), {}
    for name in book.sheet_names:
        frame = book.load_sheet(name, header_row=header - 1, schema_sample_rows=None).to_polars()
        found[name] = of_polars(frame)
    return found


def by_pyspark():
    from pyspark.sql import SparkSession
    options = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
               "spark.ui.showConsoleProgress": "false"}
    session = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    read = {
        "csv": lambda file: session.read.csv(file, header=True, multiLine=True, escape='"', encoding="UTF-8", emptyValue="", nullValue="\0",
                                             ignoreLeadingWhiteSpace=False, ignoreTrailingWhiteSpace=False, maxCharsPerColumn=-1),
        "jsonl": session.read.json,
        "parquet": session.read.parquet,
    }[format]
    found = {}
    for stem, file in stems.items():
        frame = read(file)
        found[stem] = table(frame.columns, frame.collect())
    session.stop()
    return found


def by_frictionless():
    from frictionless import Package
    package = Package(os.path.join(folder, "datapackage.json"))
    found = {}
    for resource in package.resources:
        stem, suffix = os.path.splitext(os.path.basename(resource.path))
        if stem in stems and suffix == ".csv":
            found[stem] = table(resource.schema.field_names, [row.values() for row in resource.read_rows()])
    return found


by, distribution = {
    "pandas": (by_pandas, "pandas"),
    "pandas with calamine": (lambda: by_pandas("calamine"), "pandas"),
    "polars": (by_polars, "polars"),
    "pyarrow": (by_pyarrow, "pyarrow"),
    "duckdb": (by_duckdb, "duckdb"),
    "duckdb with excel": (by_duckdb, "duckdb-extension-excel"),
    "openpyxl": (by_openpyxl, "openpyxl"),
    "python-calamine": (by_calamine, "python-calamine"),
    "fastexcel": (by_fastexcel, "fastexcel"),
    "pyspark": (by_pyspark, "pyspark"),
    "frictionless": (by_frictionless, "frictionless"),
}[reader]
tables = by()
json.dump({"version": importlib.metadata.version(distribution), "tables": tables}, sys.stdout)
