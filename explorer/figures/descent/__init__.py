"""The descent page: loss, path, maps and verdicts in words."""
