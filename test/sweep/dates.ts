import * as np from "../../src/index.ts";

/** The same elements as moments: 64-bit integers by a view, so that the layout is kept, others cast. */
function moments(a: np.NDArray): np.NDArray {
  if (a.dtype.kind === "M") return a;
  return a.dtype.type === "int64" ? a.view("M8[D]") : np.astype(a, "M8[D]");
}

/** Arrays of dates and spans of time. */
export const reads: Readonly<Record<string, (a: np.NDArray) => unknown>> = {
  isnat: (a) => np.isnat(moments(a)),
  // As text: an invalid date is not equal to another one.
  toDates: (a) => JSON.stringify(np.toDates(moments(a))),
  datetimeAsString: (a) => np.datetimeAsString(moments(a), "h"),
  datetimeData: (a) => np.datetimeData(moments(a)),
  isBusday: (a) => np.isBusday(moments(a)),
  busdayOffset: (a) => np.busdayOffset(moments(a), [[1], [-2]], "forward"),
  busdayCount: (a) => np.busdayCount(moments(a), "1970-02"),
};

const scalars = "makes one of what is no array";

/** What is not swept, and why. */
export const exempt: Readonly<Record<string, string>> = {
  Datetime64: "is the class of scalars",
  Timedelta64: "is the class of scalars",
  datetime64: scalars,
  timedelta64: scalars,
  busdaycalendar: "is a class; its holidays are one axis",
};
