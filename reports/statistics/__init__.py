"""The picture of the programme: what is counted, how it is drawn, and the bureau's yearly paper.

`counting` modules ask the database and give plain values; `picture` keeps them with the moment at
which they were true; `panels` put words, links and charts to them.
"""
