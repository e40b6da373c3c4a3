"""Cases: from an entitlement to the bank's receipt, one for each enterprise, item, period and stage."""
