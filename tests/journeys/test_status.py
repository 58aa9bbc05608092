"""How the site is doing, on a phone and at a desk: each thing once, and the page can be read to its end."""

import pytest


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_an_administrator_reads_how_the_site_is_doing(visitor, phone):
    reader = visitor(f"status-{'phone' if phone else 'desk'}", phone=phone).signs_in("administrator")
    reader.opens("/desk/work/status/").sees("What needs you").looks("page", full=True)
    stands = reader.page.locator("main li > strong").all_inner_texts()
    assert stands
    assert len(set(stands)) == len(stands)
    reader.was_alone()
