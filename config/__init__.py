"""The fuse box: settings, URLs and processes; the only place that names both apps."""
