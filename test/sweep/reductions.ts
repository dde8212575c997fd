/** Reductions, running sums and differences, as functions and as methods, as calls on an array. */
import * as np from "../../src/index.ts";

type Call = (a: np.NDArray) => unknown;
type Reduce = (a: np.NDArray, options?: unknown) => unknown;

const whole = "sum prod max min any all mean var std argmax argmin cumsum cumprod".split(" ");
const others = [
  "amax amin ptp median average countNonzero nansum nanprod nanmax nanmin nanmean nanvar nanstd nanmedian",
  "nanargmax nanargmin nancumsum nancumprod",
].flatMap((names) => names.split(" "));

/** Of all elements and along the last axis. */
function functions(): [string, Call][] {
  const byName = np as unknown as Record<string, Reduce>;
  return [...whole, ...others].map((name) => [
    name,
    (a) => [near(byName[name]!(a)), near(byName[name]!(a, a.ndim === 0 ? null : -1))],
  ]);
}

function methods(): [string, Call][] {
  return whole.map((name) => {
    const method = (a: np.NDArray) => (a as unknown as Record<string, (axis: unknown) => unknown>)[name]!;
    return [`.${name}`, (a) => near(method(a).call(a, a.ndim === 0 ? null : 0))];
  });
}

/** Rounded: the order of additions follows the layout, as it does in NumPy. */
function near(value: unknown): unknown {
  if (value instanceof np.NDArray && /[fc]/.test(value.dtype.kind)) return np.round(value, 6);
  if (value instanceof np.Complex) return [near(value.re), near(value.im)];
  return typeof value === "number" ? value.toPrecision(10) : value;
}

const turned = (a: np.NDArray) => np.matrixTranspose(a);

export const reductions: Readonly<Record<string, Call>> = {
  ...Object.fromEntries([...functions(), ...methods()]),
  cumulativeSum: (a) => np.cumulativeSum(a, { axis: -1, includeInitial: true }),
  cumulativeProd: (a) => np.cumulativeProd(a, -1),
  diff: (a) => np.diff(a),
  ediff1d: (a) => np.ediff1d(a),
  gradient: (a) => near(np.gradient(a, { axis: -1 })),
  trapezoid: (a) => near(np.trapezoid(a)),
  trace: (a) => np.trace(a),
  percentile: (a) => near(np.percentile(a, 30, { axis: -1 })),
  quantile: (a) => near(np.quantile(a, [0.1, 0.5])),
  nanpercentile: (a) => near(np.nanpercentile(a, 30, { axis: -1 })),
  nanquantile: (a) => near(np.nanquantile(a, [0.1, 0.5])),
  ".trace": (a) => a.trace(1),
  ".clip": (a) => a.clip(1, 5),
  ".round": (a) => a.round(-1),
  ".conj": (a) => a.conj(),
  ".conjugate": (a) => a.conjugate(),
  ".dot": (a) => a.dot(turned(a)),
};
