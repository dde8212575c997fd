# README, "Views"
a = np.arange(12).reshape(3, 4)
a[1, 2]
a[1]
a[:, ::2]
a[1:, -1]
a[..., None].shape
a.T.shape
np.flip(a, 0)[0, 0]
np.broadcast_to(a[0], (1000, 4)).strides
np.lib.stride_tricks.sliding_window_view(a[0], 3)

a[:, ::2] = 0
a[2] = [1, 2, 3, 4]
a
