"""The third parties of the site: technical partner, analytics, social network, advertising network."""
