"""From the channel's scheme to the checked nominee."""
