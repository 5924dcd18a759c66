"""What a browser would send back from a page's forms if nobody touched them."""


def untouched(*forms) -> dict:
    """The fields of bound or unbound forms and formsets, by their names in the page."""
    values = {}
    for form in forms:
        if hasattr(form, "management_form"):
            values |= untouched(form.management_form, *form.forms)
            continue
        for name in getattr(form, "kept_names", ()):
            values[f"seen-{name}"] = (
                form.listed_seen if name == getattr(form, "listed", "") else form.fields[name].seen
            )
        for field in form or ():
            value = field.value()
            if value is None or value is False:
                continue
            values[field.html_name] = value
    return values


def signed(client, consortium, name: str = "甲示例") -> dict:
    """The statement of truth as a person sends it from the check page."""
    page = client.get(f"/filings/{consortium.pk}/check/")
    return untouched(page.context["sign"]) | {"truth": "1", "signed_name": name}
