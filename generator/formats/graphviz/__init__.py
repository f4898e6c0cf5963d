"""Charts → diagrams by Graphviz."""
