"""The command `registry`: the same actions as the pages, for clerks and clocks."""
