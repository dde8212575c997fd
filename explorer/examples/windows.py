# Windows that overlap: many elements, few bytes.
signal = np.arange(8.0) ** 2
windows = np.lib.stride_tricks.sliding_window_view(signal, 3)
windows.mean(axis=1)
diagonal = np.arange(16).reshape(4, 4).diagonal()
blocks = np.arange(16).reshape(2, 2, 2, 2).swapaxes(1, 2)
