"""Pages of the core: obtain, ask or tell, answer."""
