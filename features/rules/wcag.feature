Feature: Rules of accessibility
  What the Web Content Accessibility Guidelines ask of the consent dialog and of the preferences.

  @R-KEYBOARD
  Rule: The keyboard is enough

    Scenario: The choice can be made by keyboard alone
      Given a new visitor on the home page
      When they refuse all cookies by keyboard
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed
