/** Joining, repeating, padding and moving elements. */
export {};
