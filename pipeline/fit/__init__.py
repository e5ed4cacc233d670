"""Fitting of weights that ship as data, from documents that people have read: `poimuri fit`."""
