"""认定: how an evaluation runs from plan to result?"""
