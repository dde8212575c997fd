/** NumPy's methods that index with arrays and masks. */
export {};
