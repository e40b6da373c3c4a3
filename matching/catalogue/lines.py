"""On which line of a file a place inside it stands."""

import re

from matching.language.problems import Problem
from matching.language.yaml_tree import Block, Series, Tree, read_tree

_STEP = re.compile(r"([^.\[\]]+)|\[([0-9]+)\]")


class Lines:
    """The lines of one file; read only when somebody asks for one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tree: Tree | Problem | None = None

    def at(self, where: str) -> int:
        """Give the line of "condition.all_of[2].any_of[0]", or of the deepest part of it that is there.

        0 where the file has nothing of the kind.
        """
        if self._tree is None:
            self._tree = read_tree(self.text, "")
        if isinstance(self._tree, Problem):
            return 0
        tree: Tree = self._tree
        for depth, (key, place) in enumerate(_STEP.findall(where)):
            inner = _inside(tree, key, place)
            if inner is None:
                return tree.line if depth else 0
            tree = inner
        return tree.line


def _inside(tree: Tree, key: str, place: str) -> Tree | None:
    if isinstance(tree, Block) and key:
        # Bands are rows written shorter.
        return tree.entries.get(key) or (tree.entries.get("bands") if key == "rows" else None)
    if isinstance(tree, Series) and place and int(place) < len(tree.parts):
        return tree.parts[int(place)]
    return None
