"""The batch: which files are read, by which processes, within which bounds, and what is kept from run to run."""
