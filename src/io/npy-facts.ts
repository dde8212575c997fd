/** What the first bytes of every .npy file are, and where its data may start. */

/** `\x93NUMPY` */
export const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** The magic and the two bytes of the version. */
export const HEAD_BYTES = MAGIC.length + 2;
/** The data starts at a multiple of this. */
export const ALIGNMENT = 64;
/** Room for the length of the axis along which a file may grow, as NumPy leaves it. */
export const GROWTH_DIGITS = 21;
