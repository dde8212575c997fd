/** Arrays of dates and spans of time. */
export {};
