"""A fictional city: enterprises, facts and the sheets departments would send about them."""
