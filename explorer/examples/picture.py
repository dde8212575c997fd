# A picture is an array of bytes: crop, mirror and turn it without a copy.
face = astronaut[8:72, 32:96]
mirrored = face[:, ::-1]
turned = np.rot90(face)
bgr = face[..., ::-1]
red = face[..., 0]
grey = face.mean(axis=2)
