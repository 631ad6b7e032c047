"""Characters, before anything is found: folding with its offset map, sentences, sections, tokens."""
