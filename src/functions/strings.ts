/** Arrays of strings and bytes. */
export {};
