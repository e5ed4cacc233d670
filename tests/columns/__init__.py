"""Project tables printed in many styles, every word's column known; the fitting of `column_weights.tsv` by them."""
