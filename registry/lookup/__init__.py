"""Finding an enterprise by what somebody writes: codes and names, whole, in part, or wrong."""
