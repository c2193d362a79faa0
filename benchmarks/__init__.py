"""`make bench`: what Upswing costs, each figure beside something to hold it against."""
