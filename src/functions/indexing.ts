/** Reading and writing through arrays of indices and masks. */
export {};
