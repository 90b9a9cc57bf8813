"""The check page: a learner's line over the true derivative."""
