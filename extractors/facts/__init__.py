"""What several tables ask of a document: readings, dated expressions, identifiers, what a figure is about, states."""
