# README, "Views": an assignment whose two sides overlap
a = np.array([1, 2, 3, 4])
a[1:] = a[:-1]
a
