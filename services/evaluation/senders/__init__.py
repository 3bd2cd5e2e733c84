"""The unit that sends cadres: it hears them, visits their villages, studies the work and solves its problems."""
