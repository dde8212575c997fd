# When does reshape copy? See the trace in the memory panel.
a = np.arange(12).reshape(3, 4)
b = a.reshape(2, 6)
c = a.T.reshape(12)
d = a[:, ::2].ravel()
e = a.flatten()
f = a.astype("float32")
g = a[[0, 2]]
h = np.ascontiguousarray(a)
