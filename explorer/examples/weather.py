# Four years of weather in Seattle: rain, highest and lowest temperature, wind.
seattle_weather.shape
highest = seattle_weather[:, 1]
warm = seattle_weather[highest > 30]
monthly = seattle_weather[:1440].reshape(48, 30, 4).mean(axis=1)
