"""What every room shares: vocabularies found in one pass, bounded patterns, candidates and their overlap."""
