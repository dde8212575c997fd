"""What Python answers to programs: one JSON line in (a list of texts), one JSON line out.

For each program what the prompt shows after each statement, or the class of its error and what the error is; the statements
behind it are run all the same.
"""

import ast
import contextlib
import io
import json
import signal
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")


def too_long(*_):
    raise TimeoutError("more than two seconds")


signal.signal(signal.SIGALRM, too_long)


def run(source):
    names = {"np": np}
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return [{"error": "SyntaxError", "message": ""}]
    with np.printoptions():
        return [step(statement, names) for statement in statements]


def step(statement, names):
    out = io.StringIO()
    signal.alarm(2)
    try:
        with contextlib.redirect_stdout(out):
            if isinstance(statement, ast.Expr):
                value = eval(compile(ast.Expression(statement.value), "<text>", "eval"), names)
                if value is not None:
                    print(repr(value))
            else:
                exec(compile(ast.Module([statement], []), "<text>", "exec"), names)
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
    return {"text": out.getvalue().removesuffix("\n")}


for line in sys.stdin:
    print(json.dumps([run(source) for source in json.loads(line)]), flush=True)
