"""Citations: anything in the graph as a plain entry, and the formats that it is written in."""
