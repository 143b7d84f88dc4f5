"""The learned ranker: from people's recommendations to one file that the program reads."""
