"""How quick and how safe the editing page is."""
