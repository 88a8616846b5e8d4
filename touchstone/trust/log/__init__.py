"""可核验日志: tree, tiles, signed checkpoints, proofs, witness and monitor; plain Python, after the open formats of C2SP and RFC 6962."""
