"""Training of the estimate lane's model. See ../README.md."""
