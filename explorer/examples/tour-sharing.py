# README, "Sharing"
a = np.arange(10)
even, odd = a[::2], a[1::2]
np.may_share_memory(even, odd)
np.shares_memory(even, odd)
np.shares_memory(even, a[4:5])
even.base is a
