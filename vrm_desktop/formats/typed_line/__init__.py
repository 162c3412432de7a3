"""One typed line in, what it says out; English and German. `line.parse` is the door, `meaning` holds what comes out.

Own short grammars, one file each: money, dates, places, measures, conditions, wants (what), quantity, title. No model,
no network, no clock: what is unclear is asked back, never guessed.
"""
