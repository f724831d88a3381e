"""Ends a task of the program, and lets nobody overlook that it had failed."""

from __future__ import annotations

import asyncio


async def end(task: asyncio.Task[None] | None) -> None:
    """Cancel a task; what it failed of before that is told to the loop."""
    if task is None:
        return
    task.cancel()
    (ended,) = await asyncio.gather(task, return_exceptions=True)
    if isinstance(ended, Exception):
        context = {"message": f"{task.get_name()} failed", "exception": ended, "task": task}
        task.get_loop().call_exception_handler(context)
