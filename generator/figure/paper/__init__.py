"""SOP + Drawing → sheets: the pages of an official document, every row and every line at its place.

What the PDF and the Word file share. ``content`` gathers what is printed, ``columns`` divides the width,
``measure`` asks the typesetter how high texts come out, ``pages`` deals the rows out to pages, ``place``
puts the drawing on them. The renderers only draw what they get.
"""
