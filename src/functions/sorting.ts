/** Sorting, searching and sets. */
export {};
