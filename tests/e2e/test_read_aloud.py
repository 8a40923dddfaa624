"""The pages as they are read out: headings, labels and outcomes in an order that makes sense without the picture."""

from playwright.sync_api import expect

from tests.e2e.conftest import Arriving
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
