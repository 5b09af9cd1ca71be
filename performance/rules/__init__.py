"""Rules on performance goals (绩效目标): content, weights, targets, scoring, money, agreement."""
