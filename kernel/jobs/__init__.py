"""The machinery of jobs (``kernel.work``): ``store`` keeps them, ``desk`` answers for them, ``worker`` works them."""
