"""Quotas: a batch's scope, tiers and places, by channel, unit, city and county."""
