"""The web server by which somebody without the program takes their seat from a browser.

Their program runs here, on the host's computer, as a process of its own for each of them; the page
shows what it paints and hands on what is typed. `book` knows who is expected and who has come in,
`door` answers the browser, `program` is the process, `window` the browser that looks at it, and
`serving` holds the socket. Only the standard library, aiohttp, the library and the language of
access are imported here. `driver` runs in the guest's process, and is the only module that knows
Textual; what runs there is `commands.visiting`. Nothing of the contract is read by the server.
"""
