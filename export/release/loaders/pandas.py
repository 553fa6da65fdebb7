import pandas as pd

columns = pd.read_csv("csv/codebook_columns.csv", keep_default_na=False)
numbers = {"integer": "Int64", "decimal": "float64"}


def typed(frame, name):
    """Gives the columns of a table their types; a list becomes a list."""
    table = name.removeprefix("summary_").removeprefix("links/")
    for column in columns[columns["table_name"] == table].itertuples():
        values = frame[column.column_name]
        if column.type == "day":
            values = pd.to_datetime(values)
        elif column.type in numbers:
            values = pd.to_numeric(values).astype(numbers[column.type])
        elif column.type == "boolean":
            values = values.astype(str).str.lower() == "true"
        elif column.type == "list" and not values.map(lambda cell: isinstance(cell, list)).all():
            values = values.fillna("").map(lambda cell: cell.split(";") if cell or column.has_gaps else [])
        frame[column.column_name] = values
    return frame


def load(name):
    """Loads a file of csv, such as halts, summary_key_figures or links/halt_countries."""
    return typed(pd.read_csv(f"csv/{name}.csv", dtype=str, keep_default_na=False, na_values=[""]), name)


def load_parquet(name):
    """Loads a file of parquet: amounts are exact decimals there, and all types are in the file."""
    return pd.read_parquet(f"parquet/{name}.parquet", dtype_backend="pyarrow")


def load_lines(name):
    """Loads a table of JSON Lines."""
    return typed(pd.read_json(f"json/{name}.jsonl", lines=True, dtype=False, convert_dates=False), name)


def load_sheet(title):
    """Loads a table of the workbook by the title of its worksheet; the header is in row HEADERROW."""
    frame = pd.read_excel("NAME.xlsx", sheet_name=title, header=HEADERROW - 1, dtype=str, keep_default_na=False, na_values=[""])
    own = columns[columns["table_name"] == title.lower()]
    return typed(frame.rename(columns=dict(zip(own["title"], own["column_name"]))), title.lower())


halts, donations = load("halts"), load("donations")
own_cash = donations.loc[donations["counted"], "amount_eur"].sum()
