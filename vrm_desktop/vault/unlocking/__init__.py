"""The ways into a vault: passphrase, recovery code, the computer's keyring, and the keys behind them."""
