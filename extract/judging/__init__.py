"""From drafts to delegates: readings chosen, persons told apart, probabilities."""
