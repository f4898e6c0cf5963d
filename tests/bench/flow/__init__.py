"""Flow drawings of generated SOPs: ours beside other routers."""
