"""Account numbers whose check digits fit and that no bank has (bank code 90000000 is given to none)."""

IBAN = "DE41900000010000000101"
OTHER_IBAN = "DE30900000010000000202"
