# README, "Arithmetic", "Reductions and products"
a = np.array([[1, 2, 3], [4, 5, 6]], dtype="int32")
a + 10
a / 2
np.sqrt(a.T).shape
np.where(a < 3, 0, a)

a += 1
np.multiply(a[0], 2, out=a[1])
a

x = np.array([[1.0, 2, 3], [4, 5, 6]])
x.sum(axis=0)
x.mean(axis=1, keepdims=True)
np.percentile(x, [25, 75])
x @ x.T
np.einsum("ij,kj->ik", x, x)
