/**
 * Finding the elements that would stand at given places if a line were sorted, without sorting all of it.
 *
 * Hoare's selection with the median of three as the pivot; what is left of each place stays in front of it, so several
 * places are found one after the other, each in what the one before left over.
 */

/** Moves the element that belongs at `k` there, among those from `left` to `right`; smaller ones go in front. No NaN. */
export function selectPlace(line: Float64Array, k: number, from: number, to: number): void {
  let left = from;
  let right = to;
  while (right > left) {
    const pivot = medianOfThree(line, left, (left + right) >>> 1, right);
    let i = left;
    let j = right;
    while (i <= j) {
      while (line[i]! < pivot) i++;
      while (line[j]! > pivot) j--;
      if (i <= j) {
        const kept = line[i]!;
        line[i++] = line[j]!;
        line[j--] = kept;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

function medianOfThree(line: Float64Array, a: number, b: number, c: number): number {
  const [x, y, z] = [line[a]!, line[b]!, line[c]!];
  if (x < y) return y < z ? y : x < z ? z : x;
  return x < z ? x : y < z ? z : y;
}

/** Finds the elements at ascending places among the first `n`. */
export function selectPlaces(line: Float64Array, n: number, places: readonly number[]): void {
  let from = 0;
  for (const place of places) {
    selectPlace(line, place, from, n - 1);
    from = place;
  }
}

/** Moves NaN behind everything else; returns how many elements are none. */
export function numbersFirst(line: Float64Array, n: number): number {
  let count = n;
  for (let k = 0; k < count; k++) {
    while (count > k && Number.isNaN(line[k]!)) {
      count--;
      const kept = line[count]!;
      line[count] = line[k]!;
      line[k] = kept;
    }
  }
  return count;
}
