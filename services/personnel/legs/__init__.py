"""One half of a swap: nominated, submitted, on secondment, ended, promoted."""
