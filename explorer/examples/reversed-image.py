# Views: one buffer, three ways to look at it.
image = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
mirrored = image[:, ::-1]
image.T

# What is written through one is seen in all.
mirrored[0, 0] = 40
image

# Which share memory, exactly?
np.shares_memory(image, mirrored)
even, odd = image[:, ::2], image[:, 1::2]
np.may_share_memory(even, odd), np.shares_memory(even, odd)

# A contiguous copy has memory of its own.
straight = np.ascontiguousarray(mirrored)
np.shares_memory(image, straight)
