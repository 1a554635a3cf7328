"""Many people at once in front of a deployment: whoever asks, whoever reads, and what they must find."""
