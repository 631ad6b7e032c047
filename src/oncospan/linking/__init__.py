"""From mentions to records: which drug reached what in whom, which agency approved what and when."""
