"""接口: what may bodies' own systems send and ask for? The same operations as the pages, by a key of the body, with an outcome per row."""
