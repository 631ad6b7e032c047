"""Ways to run the pipeline over many articles: one signature, the same results in the same order."""
