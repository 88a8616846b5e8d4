"""变量名（QTI）: how is a variable called in the file and in our rules?"""

from touchstone.measurement.interchange.question import Rule


def renamed(tree: Rule, names: dict[str, str]) -> Rule:
    """This function will give the tree with response variables under other names; outcomes keep theirs."""
    own = tree.get("identifier")
    attributes = tree.attributes
    if tree.name in ("variable", "correct", "mapResponse", "mapResponsePoint") and own in names:
        attributes = tuple((name, names[own] if name == "identifier" else value) for name, value in tree.attributes)
    return Rule(tree.name, attributes, tuple(renamed(child, names) for child in tree.children), tree.text)
