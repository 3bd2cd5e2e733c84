"""Papers: their versions, seals and signatures, and the copies that organs keep."""
