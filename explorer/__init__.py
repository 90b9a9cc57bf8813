"""The calculus behind machine learning, typed, dragged and explained."""
