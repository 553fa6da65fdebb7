import polars as pl

columns = pl.read_csv("csv/codebook_columns.csv")
kinds = {"integer": pl.Int64, "decimal": pl.Float64, "boolean": pl.Boolean, "list": pl.List(pl.String)}


def columns_of(name):
    table = name.removeprefix("summary_").removeprefix("links/")
    return columns.filter(pl.col("table_name") == table).sort("position").rows(named=True)


def typed(column):
    """Gives a column of texts its type; a list becomes a list."""
    text = pl.col(column["column_name"])
    match column["type"]:
        case "day":
            return text.str.to_date("%Y-%m-%d")
        case "boolean":
            return text == "true"
        case "list":
            members = text.fill_null("").str.split(";")
            return members if column["has_gaps"] else pl.when(text.is_null()).then(pl.lit([], pl.List(pl.String))).otherwise(members)
        case kind:
            return text.cast(kinds.get(kind, pl.String))


def load(name):
    """Loads a file of csv, such as halts, summary_key_figures or links/halt_countries."""
    return pl.read_csv(f"csv/{name}.csv", infer_schema=False).with_columns(typed(c).alias(c["column_name"]) for c in columns_of(name))


def load_parquet(name):
    """Loads a file of parquet: amounts are exact decimals there, and all types are in the file."""
    return pl.read_parquet(f"parquet/{name}.parquet")


def load_lines(name):
    """Loads a table of JSON Lines."""
    own = columns_of(name)
    frame = pl.read_ndjson(f"json/{name}.jsonl", schema={c["column_name"]: kinds.get(c["type"], pl.String) for c in own})
    return frame.with_columns(typed(c) for c in own if c["type"] == "day")


halts, donations = load("halts"), load("donations")
own_cash = donations.filter("counted")["amount_eur"].sum()
