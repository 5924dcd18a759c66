"""Take the pictures of the README from a portal of their own: `make screenshots`."""

from pathlib import Path

from docs.portal import chromium, opened, running, sign_in

HERE = Path(__file__).parent / "screenshots"
# name: (account or none, address, width, height)
PICTURES = {
    "home": ("", "/", 1280, 800),
    "wizard": ("lead", "/filings/22/lead/", 1280, 900),
    "workbench": ("reviewer", "/admin/filings/consortium/10/change/", 1440, 900),
    "register": ("", "/register/", 390, 844),
}


def main() -> None:
    with running() as (base, _folder), chromium() as browser:
        for name, (account, address, width, height) in PICTURES.items():
            page = opened(browser, base, width=width, height=height)
            if account:
                sign_in(page, account)
            page.goto(address)
            page.screenshot(path=HERE / f"{name}.png")
            page.context.close()


if __name__ == "__main__":
    main()
