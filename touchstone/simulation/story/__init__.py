"""一个完整的故事: from an enterprise's filing to a certificate anyone can verify, by the same operations as the pages.

Each step prints what was done and by which clause. Nothing is made up at the end: `story.json` is read back from the database.
"""

from touchstone.simulation.story.whole import tell

__all__ = ["tell"]
