/** Pictures of memory, and where copies come from. */
export {};
