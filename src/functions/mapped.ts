/** Arrays over mapped files. */
export {};
