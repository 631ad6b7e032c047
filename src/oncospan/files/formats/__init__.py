"""One reader for each kind of file: from its bytes to the text that offsets count in, or to rows of articles."""
