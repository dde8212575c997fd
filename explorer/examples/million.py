# A million elements: a heat map, a table, a line.
x = np.linspace(-4, 4, 1000)
y = x[:, None]
waves = np.sin(x * y) * np.exp(-(x**2 + y**2) / 12)
zoomed = waves[250:750:5, ::-5]
