"""Search: things by name, acronym, symbol, number, code or misspelling, in every language."""
