"""Figures, not verdicts: each script prints ratios against a baseline of the same run and never fails."""
