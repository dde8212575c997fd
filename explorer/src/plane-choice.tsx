/** Chooses a place along the axes that are not shown. */
export function PlaneChoice({
  shape,
  skip,
  at,
  onChange,
}: {
  shape: readonly number[];
  /** Axes that are shown, not chosen. */
  skip: readonly number[];
  at: readonly number[];
  onChange: (at: number[]) => void;
}) {
  const axes = shape.map((length, axis) => ({ length, axis })).filter(({ axis }) => !skip.includes(axis));
  if (axes.every(({ length }) => length < 2)) return null;
  return (
    <div class="plane-choice">
      {axes
        .filter(({ length }) => length > 1)
        .map(({ length, axis }) => (
          <label class="field small" key={axis}>
            <span>axis {axis} at</span>
            <input
              type="number"
              min={0}
              max={length - 1}
              value={at[axis] ?? 0}
              onInput={({ currentTarget }) => {
                const wanted = Math.trunc(Number(currentTarget.value));
                const place = Math.max(0, Math.min(length - 1, Number.isFinite(wanted) ? wanted : 0));
                onChange(shape.map((_, k) => (k === axis ? place : (at[k] ?? 0))));
              }}
            />
            <span class="soft">of {length}</span>
          </label>
        ))}
    </div>
  );
}
