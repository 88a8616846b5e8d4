"""外部系统: adaptors to systems outside, the only places that speak HTTP."""
