/** NumPy's methods that sort and search. */
export {};
