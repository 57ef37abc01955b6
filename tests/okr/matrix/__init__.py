"""Who may do what at each address: generated from the URL configuration, default deny."""
