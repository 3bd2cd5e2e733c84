"""The personal archive of the posted and of reserves: papers filed, and withdrawn by one more item (X-030)."""
