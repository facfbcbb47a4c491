"""Rendering pages with Chromium, which never reaches the network itself.

`page` renders one page, `traffic` answers its requests through a function that is given,
`chromium` finds and starts the program, `bounds` says how much a page may cost. All but
`bounds` need Playwright, the extra `browser`.
"""
