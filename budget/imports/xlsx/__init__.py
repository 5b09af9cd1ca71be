"""XLSX files of unknown origin: opened without harm, their cells read as they are stored.

``limits`` opens the archive, ``parts`` and ``sheets`` read what is in it, ``limited`` does so in a
process of its own with little memory and time. What cells mean is for others to say.
"""
