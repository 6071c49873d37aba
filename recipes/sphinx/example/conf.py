"""A site with demos."""

project = "Docs with demos"
extensions = ["interleave_sphinx"]
interleave_site = "https://interleave.example/"
