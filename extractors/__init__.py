"""One module a table: pure functions from an analysed document to records."""
