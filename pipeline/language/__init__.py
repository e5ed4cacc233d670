"""Finnish words: Voikko and what stands on it, down to the lemma of each token in its sentence."""
