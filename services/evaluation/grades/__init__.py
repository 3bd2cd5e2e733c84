"""What a year and a term come to: scores, the rating, the county's opinion, the unit's grade, the joint inspection."""
