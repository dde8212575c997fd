# README, "Contiguity" and "Reshape"
a = np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int32)
mirrored = a[:, ::-1]
mirrored.flags.c_contiguous
np.ascontiguousarray(mirrored)
np.ascontiguousarray(a) is a

b = np.arange(6.0).reshape(2, -1)
b.T.reshape(6)
b.ravel("F")
np.reshape(b.T, 6, copy=False)
