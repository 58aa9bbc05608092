"""What recurs: findings that areas share in words of their own, of kinds that others recognise, and what was done."""
