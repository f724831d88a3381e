"""Measurements that anyone can repeat, each beside the peer it is judged by."""
