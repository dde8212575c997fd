# README, "The same bytes as another dtype; structured arrays"
np.array([1, 2], dtype="float32").view("uint8")

points = np.zeros(3, dtype=[("x", "f4"), ("rgb", "u1", (3,))])
points.itemsize
points["x"] = [1, 2, 3]
points["rgb"][:, 0] = 255
points
points["x"]
points["x"].flags.aligned
