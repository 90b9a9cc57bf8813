"""The costs page: houses, coins and products."""
