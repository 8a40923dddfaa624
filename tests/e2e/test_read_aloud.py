"""The pages as they are read out: headings, labels and outcomes in an order that makes sense without the picture."""

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving
from tests.support.colleagues import is_locked_by_guesses, settled_in
from tests.support.journey import Person, has_used_up
from tests.support.site import Site


def test_the_second_factor_says_what_to_type_before_the_field_and_the_way_out_after_it(
    ann: Person, somebody: Arriving
) -> None:
    at = somebody()
    at.gives_password(ann)
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - status
          - heading "Type your code" [level=1]
          - text: Authenticator code or recovery code
          - paragraph: Six digits from your authenticator app. Spaces make no difference.
          - textbox "Authenticator code or recovery code"
          - button "Sign in"
          - paragraph:
            - strong: Lost your phone?
            - text: Type one of your recovery codes here, in the same field.
          - paragraph:
            - link "Type a recovery code"
        """
    )
    at.gives_code("12345")
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - heading "Type your code" [level=1]
          - alert:
            - heading "Please look at this again" [level=2]
            - list:
              - listitem:
                - link "That is not how a code looks, so something was mistyped. It has cost you no try."
          - text: Authenticator code or recovery code
          - paragraph: Six digits from your authenticator app. Spaces make no difference.
          - paragraph: "Error: That is not how a code looks, so something was mistyped. It has cost you no try."
          - textbox "Authenticator code or recovery code" [invalid]: "12345"
          - button "Sign in"
        """
    )


def test_a_lost_phone_is_met_with_what_is_left_and_two_things_to_do(
    site: Site, ann: Person, somebody: Arriving
) -> None:
    has_used_up(site, ann, count=6)
    at = somebody()
    at.gives_password(ann)
    at.gives_code(ann.codes[0])
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - heading "Is your phone gone?" [level=1]
          - paragraph: You signed in with a recovery code, and that one is used up. 3 of 10 are left.
          - region "Set up a new authenticator":
            - heading "Set up a new authenticator" [level=2]
            - paragraph: The old one is removed as soon as the new one works.
            - list:
              - listitem:
                - paragraph: Phone
                - paragraph: Not used yet
                - button "Replace Phone"
          - region "Make a new set of recovery codes":
            - heading "Make a new set of recovery codes" [level=2]
            - paragraph: Only 3 codes are left.
            - paragraph: The 3 codes that are left will stop working.
            - button "Regenerate codes"
          - paragraph:
            - link "I still have my phone"
        """
    )


def test_the_account_begins_with_whether_one_is_ready(ann: Person, somebody: Arriving) -> None:
    at = somebody()
    at.signs_in(ann)
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - heading "Your account" [level=1]
          - region "Ready":
            - heading "Ready" [level=2]
            - paragraph:
              - text: 1 authenticator, 10 recovery codes left, saved
              - time: 4 May 2026
          - region "Authenticators":
            - heading "Authenticators" [level=2]
            - link "Add an authenticator"
            - list:
              - listitem:
                - paragraph: Phone
                - paragraph:
                  - text: Last used
                  - time: just now
                  - text: · Added
                  - time: 4 May 2026
                - link "Manage Phone"
          - region "Recovery codes":
            - heading "Recovery codes" [level=2]
            - link "Manage recovery codes"
            - paragraph:
              - strong: "10"
              - text: of 10 codes left
          - region "Recently"
        """
    )
    headings = at.page.get_by_role("heading").all_inner_texts()
    assert headings == ["Your account", "Ready", "Authenticators", "Recovery codes", "Recently"]


def test_the_list_of_members_is_a_table_with_a_name_at_every_box(site: Site, ann: Person, somebody: Arriving) -> None:
    bea = settled_in(site, ann, "Bea Birch")[0]
    is_locked_by_guesses(site, bea)
    at = somebody()
    at.signs_in(ann)
    at.turns_to("Members")
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - heading "Members" [level=1]
          - link "Invite somebody"
          - link "Invite many"
          - paragraph:
            - text: 1 of 2 active members could lose the phone today and still come back in.
            - link "See who is not ready"
          - search "Members":
            - text: Name or e-mail
            - searchbox "Name or e-mail"
            - text: Second factor
            - combobox "Second factor":
              - option "Any" [selected]
            - text: Status
            - combobox "Status":
              - option "Not removed" [selected]
            - text: Role
            - combobox "Role"
            - text: Sort by
            - combobox "Sort by"
            - button "Show"
          - table "2 in all":
            - caption: 2 in all
            - rowgroup:
              - row:
                - cell "Select all on this page":
                  - checkbox "Select all on this page"
                - columnheader "Person"
                - columnheader "Second factor"
                - columnheader "Last sign-in"
            - rowgroup:
              - row:
                - cell "Select Ann Larch":
                  - checkbox "Select Ann Larch"
                - rowheader "Ann Larch Owner ann@larch.example":
                  - link "Ann Larch"
                - cell "Ready 10 codes left"
                - cell "just now"
              - row:
                - cell "Select Bea Birch":
                  - checkbox "Select Bea Birch"
                - rowheader "Bea Birch bea-birch@larch.example":
                  - link "Bea Birch"
                - cell "Locked too many wrong codes"
                - cell "2 days ago"
          - text: "With those selected:"
          - button "End sessions"
          - button "Suspend"
          - paragraph:
            - link "Export this list"
        """
    )


def test_a_member_is_who_it_is_then_what_is_wrong_then_what_can_be_done(
    site: Site, ann: Person, somebody: Arriving
) -> None:
    bea = settled_in(site, ann, "Bea Birch")[0]
    is_locked_by_guesses(site, bea)
    at = somebody()
    at.signs_in(ann)
    at.looks_at(bea)
    expect(at.main).to_match_aria_snapshot(
        """
        - main:
          - paragraph:
            - link "Members"
          - heading "Bea Birch" [level=1]
          - paragraph: bea-birch@larch.example
          - paragraph:
            - text: Locked after too many wrong codes, until
            - time: 9 May 2026, 10:30 UTC
          - region "Second factor":
            - heading "Second factor" [level=2]
            - paragraph: Locked too many wrong codes
            - term: Recovery codes
            - definition: 10 of 10 left
          - region "What you can do":
            - heading "What you can do" [level=2]
            - heading "Help them in" [level=3]
            - list:
              - listitem:
                - link "Make a pass"
                - text: phone and codes are gone; sets up a new authenticator
              - listitem:
                - link "Make a password link"
              - listitem:
                - link "Unlock"
            - heading "Change" [level=3]
            - list
            - heading "Shut out" [level=3]
            - list
          - region "Last sign-ins"
          - region "Passes this year"
          - region "Recently":
            - heading "Recently" [level=2]
            - link "All in the log about Bea Birch"
        """
    )
    headings = at.page.get_by_role("heading").all_inner_texts()
    assert headings == [
        "Bea Birch", "Second factor", "Authenticators", "What you can do", "Help them in", "Change", "Shut out",
        "Last sign-ins", "Passes this year", "Recently",
    ]  # fmt: skip
