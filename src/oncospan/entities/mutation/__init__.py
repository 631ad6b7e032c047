"""The mutation room: small variants, exon events, fusions, gene-level events and chromosome changes."""
