Feature: Rules of accessibility
  What the Web Content Accessibility Guidelines ask of the consent dialog and of the preferences.

  @R-KEYBOARD
  Rule: The keyboard is enough

    Scenario: The choice can be made by keyboard alone
      Given a new visitor on the home page
      When they refuse all cookies by keyboard
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed

  @R-TAB
  Rule: The keyboard reaches every button

    Scenario: Each layer's buttons can be reached by keyboard
      Given a new visitor on the home page
      Then each button of the dialog can be reached by keyboard

  @R-FOCUS
  Rule: The keyboard is where the dialog is

    Scenario: The keyboard goes into the preferences and comes back
      Given a new visitor on the home page
      Then the keyboard goes into the preferences and comes back

  @R-LEAVE
  Rule: The keyboard is not kept in the dialog

    Scenario: The preferences can be left without a choice
      Given a new visitor on the home page
      Then the preferences can be left by keyboard without a choice

  @R-REFLOW
  Rule: A narrow screen has all that a wide one has

    Scenario: On a narrow screen no button is lost
      Given a visitor on a narrow screen
      When they visit the home page
      Then no button of the dialog is lost

  @R-AXE
  Rule: The dialog can be used by everybody, as far as a script can tell

    Scenario: Each layer is put to axe-core's rules
      Given a new visitor on the home page
      Then the dialog breaks no rule of accessibility that a script can test

    Scenario: The settings page is put to axe-core's rules
      Given a new visitor
      Then the settings page breaks no rule of accessibility that a script can test
