"""Pages → tree → published site: jobs, what is remembered, links, policy, exchange."""
