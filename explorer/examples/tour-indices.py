# README, "Lists of indices and masks": always a copy
a = np.arange(12).reshape(3, 4)
a[[2, 0]]
a[[0, 1], [2, 3]]
a[:, [0, -1]]
a[a > 8]
a[np.ix_([0, 2], [1, 3])]

a[a > 8] = 0
a[2]
np.nonzero(a[2])[0]
np.take(a, [3, 0], axis=1).shape
