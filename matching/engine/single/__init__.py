"""The language decided a second time, for one enterprise and without columns, in milliseconds."""
