/** NumPy's methods that repeat and change the size of arrays. */
export {};
