"""What cadres write down of their days: logs and diaries; and the occasions they must attend."""
