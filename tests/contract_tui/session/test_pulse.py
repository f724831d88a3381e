import asyncio
from typing import Any

from contract_tui.session.pulse import end


async def test_a_task_that_goes_on_is_ended_quietly_and_one_that_is_none_too() -> None:
    task = asyncio.create_task(asyncio.Event().wait(), name="waiting")
    await end(task)  # type: ignore[arg-type]  # what it would return does not matter
    assert task.cancelled()
    await end(None)


async def test_what_a_task_failed_of_is_told_to_the_loop() -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    async def fail() -> None:
        raise ValueError("no")

    task = asyncio.create_task(fail(), name="pulse")
    await asyncio.wait([task])
    await end(task)
    assert [(one["message"], str(one["exception"])) for one in told] == [("pulse failed", "no")]
