/** What runs in Python: the array that was shared, from its description, and a loop that runs code on such arrays. */
export const PYTHON_SIDE = `import ast, json, os, sys, traceback
import numpy as np

def shared(given):
    """The array that ndview shares: the same bytes, in a file that both have mapped."""
    dtype = np.lib.format.descr_to_dtype(ast.literal_eval(given["descr"]))
    memory = np.memmap(given["path"], np.uint8, "r+" if given["writeable"] else "r")
    return np.ndarray(given["shape"], dtype, memory, given["offset"], given["strides"])

def told(value, path):
    if hasattr(value, "detach"):
        value = value.detach().numpy()
    if isinstance(value, np.ndarray) or isinstance(value, np.generic) and isinstance(value.item(), complex):
        np.save(path, value, allow_pickle=False)
        return {"npy": path}
    if isinstance(value, np.generic):
        value = value.item()
    return {"value": value}

def serve(replies):
    scope = {"np": np, "shared": shared}
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            scope.update((name, shared(given)) for name, given in ask["arrays"].items())
            scope["result"] = None
            exec(compile(ask["code"], "<ndview>", "exec"), scope)
            reply = json.dumps(told(scope["result"], ask["path"]))
        except BaseException:
            reply = json.dumps({"error": traceback.format_exc()})
        for name in ask["arrays"]:
            scope.pop(name, None)
        replies.write(reply + "\\n")
        replies.flush()
`;
