"""How hard Hypothesis looks where each story takes many times as long as elsewhere."""

from hypothesis import settings

LONG_STORIES = settings(max_examples=settings().max_examples // 2)
"""For what three people write and exchange: whatever goes wrong there does so in a few stories."""
