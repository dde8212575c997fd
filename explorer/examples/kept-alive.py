# A small view keeps a large buffer alive: see the memory panel.
column = np.zeros((1000, 1000))[::100, 0]
column.shape
small = column.copy()
