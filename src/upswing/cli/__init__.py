"""The terminal door: words in, one verb or read called, plain lines or JSON out."""
