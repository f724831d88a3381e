"""The timeline below a contract's past: where its turns stand, what it says, how it is painted.

Nothing here is a widget: `contract_tui.ui.widgets.timeline` shows it and takes keys and clicks.
"""
