"""Placing guests in rooms 排房: plain facts, rules of one function each, a greedy engine, the desk's verbs."""
