"""What Python prints for programs: one JSON line in (a list of texts), one JSON line out.

For each program the text that the prompt shows after each statement, up to the first that fails, and the class of that error.
"""

import ast
import contextlib
import io
import json
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")


def run(source):
    texts = []
    names = {"np": np}
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return {"texts": texts, "error": "SyntaxError"}
    for statement in statements:
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                if isinstance(statement, ast.Expr):
                    value = eval(compile(ast.Expression(statement.value), "<text>", "eval"), names)
                    if value is not None:
                        print(repr(value))
                else:
                    exec(compile(ast.Module([statement], []), "<text>", "exec"), names)
        except Exception as error:
            known = [c.__name__ for c in type(error).__mro__]
            return {"texts": texts, "error": known[0], "known": known, "message": str(error)}
        texts.append(out.getvalue()[:-1] if out.getvalue().endswith("\n") else out.getvalue())
    return {"texts": texts, "error": None}


for line in sys.stdin:
    print(json.dumps([run(source) for source in json.loads(line)]), flush=True)
