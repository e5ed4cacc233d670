"""Stage *load*: records become one consistent snapshot of Parquet."""
