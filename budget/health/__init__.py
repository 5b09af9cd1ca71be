"""Is the site alive, and is it ready to serve? For balancers, containers and operators."""
