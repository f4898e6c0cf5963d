"""SOP → Chart → Drawing: the flow as a graph, then its places and ways on a lattice."""
