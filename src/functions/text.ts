/** Arrays from text and raw files, and back. */
export {};
