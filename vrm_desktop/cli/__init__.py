"""The command line `vrm`: the same services without Qt. Knows no vault, courier or window; prints, asks and exits."""
