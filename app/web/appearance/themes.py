"""Light, dark, or as the system has it."""

from app.web.cookies import Cookie, read

AUTO = "auto"
THEMES = (AUTO, "light", "dark")


def chosen() -> str:
    wanted = read(Cookie.THEME)
    return wanted if wanted in THEMES else AUTO
