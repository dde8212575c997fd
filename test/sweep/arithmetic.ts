/** Ufuncs, as functions and as methods, and what is made of them, as calls on an array. */
import * as np from "../../src/index.ts";

type Call = (a: np.NDArray) => unknown;
type AnyUfunc = ((...operands: unknown[]) => unknown) & np.Ufunc;

function ufuncs(): [string, AnyUfunc][] {
  const functions = np as unknown as Record<string, AnyUfunc>;
  return Object.keys(functions)
    .filter((name) => typeof functions[name] === "function" && functions[name].core !== undefined)
    .map((name) => [name, functions[name]!]);
}

/** Beside itself in another order, and beside a number. */
function callOf(f: AnyUfunc): Call {
  if (f.nin === 1) return (a) => f(a);
  if (f.nin === 3) return (a) => f(a, 1, np.flip(a));
  return (a) => [f(a, np.flip(a)), f(a, 2)].flat();
}

function methodOf(name: string, f: AnyUfunc): Call {
  const method = (a: np.NDArray) => (a as unknown as Record<string, (...rest: unknown[]) => unknown>)[name]!;
  return f.nin === 1 ? (a) => method(a).call(a) : (a) => method(a).call(a, np.flip(a));
}

/** `a.iadd(b)` on a copy that lies as the array does not. */
function inPlaceOf(name: string): Call {
  return (a) => {
    const target = a.copy("F");
    (target as unknown as Record<string, (b: unknown) => unknown>)[name]!(np.flip(a));
    return target;
  };
}

const binaryMethods =
  "add subtract multiply divide floorDivide remainder power bitwiseAnd bitwiseOr bitwiseXor leftShift rightShift";
const otherMethods = "negative positive absolute invert equal notEqual less lessEqual greater greaterEqual";

function methods(): [string, Call][] {
  const byName = np as unknown as Record<string, AnyUfunc>;
  const plain = `${binaryMethods} ${otherMethods}`.split(" ");
  return [
    ...plain.map((name): [string, Call] => [`.${name}`, methodOf(name, byName[name]!)]),
    ...binaryMethods.split(" ").map((name): [string, Call] => [`.i${name}`, inPlaceOf(`i${name}`)]),
  ];
}

const turned = (a: np.NDArray) => np.matrixTranspose(a);

export const arithmetic: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(ufuncs().map(([name, f]) => [name, callOf(f)])),
  ...Object.fromEntries(methods()),
  clip: (a) => np.clip(a, 1, 5),
  isclose: (a) => np.isclose(a, np.flip(a)),
  allclose: (a) => np.allclose(a, a),
  arrayEqual: (a) => np.arrayEqual(a, a),
  arrayEquiv: (a) => np.arrayEquiv(a, np.flip(a)),
  angle: (a) => np.angle(a),
  realIfClose: (a) => np.realIfClose(a),
  frompyfunc: (a) => np.frompyfunc((x) => String(x).length, 1, 1)(a),
  vectorize: (a) => np.vectorize((x) => String(x).length)(a),
  interp: (a) => np.interp(a, [0, 5, 30], [1, 2, 0]),
  nanToNum: (a) => np.nanToNum(a),
  isposinf: (a) => np.isposinf(a),
  isneginf: (a) => np.isneginf(a),
  iscomplex: (a) => np.iscomplex(a),
  isreal: (a) => np.isreal(a),
  iscomplexobj: (a) => np.iscomplexobj(a),
  isrealobj: (a) => np.isrealobj(a),
  round: (a) => np.round(a, -1),
  around: (a) => np.around(a, 1),
  fix: (a) => np.fix(a),
  sinc: (a) => np.sinc(a),
  i0: (a) => np.i0(a),
  unwrap: (a) => np.unwrap(a),
  where: (a) => np.where(np.equal(a, np.flip(a)), a, 0),
  matmul: (a) => np.matmul(a, turned(a)),
  ".matmul": (a) => a.matmul(turned(a)),
  ".imatmul": (a) => a.copy().imatmul(np.ones([a.shape.at(-1)!, a.shape.at(-1)!], a.dtype)),
  vecdot: (a) => np.vecdot(a, np.flip(a)),
  matvec: (a) => np.matvec(a, a.slice("...", 0, ":")),
  vecmat: (a) => np.vecmat(a.slice("...", 0), a),
  dot: (a) => np.dot(a, turned(a)),
  inner: (a) => np.inner(a, a),
  outer: (a) => np.outer(a, a),
  vdot: (a) => np.vdot(a, np.flip(a)),
  tensordot: (a) => np.tensordot(a, turned(a), 1),
  kron: (a) => np.kron(a, [1, 2]),
  cross: (a) => np.cross(a.slice("...", ":3"), np.flip(a.slice("...", ":3"))),
  einsum: (a) => np.einsum("...ij->...ji", a),
};
