# Broadcasting: axes of stride 0 repeat the same bytes.
column = np.array([[0], [10], [20]])
row = np.array([1, 2, 3, 4])
wide = np.broadcast_to(column, (3, 4))
tall = np.broadcast_to(row, (3, 4))
column + row
