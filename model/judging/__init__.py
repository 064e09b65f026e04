"""Call or wait, why, and what to do: timeline, features, weights, advice."""
