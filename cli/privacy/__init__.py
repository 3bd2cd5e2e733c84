"""`paizhu privacy`: erasure of a person's data by two hands, legal holds, master keys."""
