/** What a picture of memory says, as plain data. */

/** One element in a picture. */
export interface PictureCell {
  readonly index: readonly number[];
  /** Its value as arrays print it; empty when values are not shown. */
  readonly text: string;
  /** The values of its fields, when they are drawn one by one. */
  readonly parts: readonly string[] | null;
  /** Its first byte, counted as the picture counts. */
  readonly address: number;
  readonly bytes: number;
  /** How many elements come before it in C order. */
  readonly rank: number;
  /** Its colour between 0 and 1: its place among those drawn, in C order or by address. */
  readonly shade: number;
  /** How many elements lie at this address; at least so many when some are not drawn. */
  readonly repeats: number;
}

/** A field of a structured dtype. */
export interface FieldPart {
  readonly name: string;
  readonly dtype: string;
  /** Bytes from the start of the element. */
  readonly offset: number;
  readonly bytes: number;
}

/** One axis of an array in a picture. */
export interface PictureAxis {
  readonly length: number;
  /** Bytes from one element to the next. */
  readonly stride: number;
  /** Where a step leads in memory; `"none"` when the axis has no step. */
  readonly path: "forward" | "backward" | "repeat" | "none";
  /** Whether the axis goes across the page, and not down. */
  readonly across: boolean;
  /** The indices that are drawn, with null where some are left out. */
  readonly shown: readonly (number | null)[];
}

/** One array in a picture. */
export interface PictureArray {
  readonly name: string;
  /** What it is called where there is little room: its name when that is short, else a letter. */
  readonly tag: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly itemsize: number;
  readonly size: number;
  readonly nbytes: number;
  /** The byte of element (0, 0, …), counted as the picture counts. */
  readonly offset: number;
  /** The same, counted from the start of the buffer. */
  readonly byteOffset: number;
  /** The flags that are set, by NumPy's names. */
  readonly flags: readonly string[];
  /** Whose memory it is, in words. */
  readonly base: string;
  /** Whether some elements share bytes; null when that is too hard to say. */
  readonly overlapsItself: boolean | null;
  readonly axes: readonly PictureAxis[];
  /** The fields of a structured dtype, when they are drawn one by one. */
  readonly fields: readonly FieldPart[] | null;
  /** Whether elements are left out. */
  readonly summarised: boolean;
  /** The elements that are drawn, in C order. */
  readonly cells: readonly PictureCell[];
  /** The place of its memory in `strips`. */
  readonly strip: number;
}

/** Bytes in a row that the same elements hold. */
export interface PictureRun {
  /** Elements that are drawn, bytes that no array of the picture holds, or elements that are not drawn. */
  readonly kind: "element" | "gap" | "more";
  readonly address: number;
  readonly bytes: number;
  /** The arrays that hold these bytes, by their places in the picture. */
  readonly arrays: readonly number[];
}

/** An address at which an array has elements. */
export interface PicturePlace {
  readonly address: number;
  readonly bytes: number;
  /** The elements that lie there, by their places among the cells of the array. */
  readonly cells: readonly number[];
  /** 0, or how many places before it must be drawn above it, because they share bytes. */
  readonly level: number;
}

/** The places of one array in a strip, by address. */
export interface PictureLane {
  readonly array: number;
  readonly places: readonly PicturePlace[];
  readonly levels: number;
}

/** What two arrays have in common. */
export interface PictureSharing {
  readonly arrays: readonly [number, number];
  /** Whether they share a byte; null when that is too hard to say. */
  readonly shares: boolean | null;
}

/** The memory of one owner, or a buffer. */
export interface PictureStrip {
  /** Whether an array owns the memory, somebody else made the buffer, or np.scope lent it. */
  readonly kind: "owner" | "buffer" | "scope";
  /** Its first byte, counted as the picture counts; and from the start of its buffer. */
  readonly address: number;
  readonly byteOffset: number;
  readonly bytes: number;
  /** All of it, in order. */
  readonly runs: readonly PictureRun[];
  readonly lanes: readonly PictureLane[];
  readonly sharing: readonly PictureSharing[];
}

/** A picture of memory as plain data. */
export interface MemoryPicture {
  readonly title: string;
  readonly arrays: readonly PictureArray[];
  readonly strips: readonly PictureStrip[];
}
