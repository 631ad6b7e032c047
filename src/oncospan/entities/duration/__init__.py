"""Lengths of time that a trial measures: 9.6个月, 5.6和19.4个月, 超过36个月."""
