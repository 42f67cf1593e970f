Feature: Rules of accessibility
  What the Web Content Accessibility Guidelines ask of the consent dialog and of the preferences.

  @R-KEYBOARD
  Rule: The keyboard is enough

    Scenario: The choice can be made by keyboard alone
      Given a new visitor on the home page
      When they refuse all cookies by keyboard
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed

  @R-KEYS
  Rule: No choice needs a pointer

    Scenario: Consent can be given by keyboard alone
      Given a new visitor on the home page
      When they accept all cookies by keyboard
      Then the keyboard is enough
      And the site does not ask again
      And the preferences show that all optional cookies are allowed

    Scenario: A category can be allowed and saved by keyboard alone
      Given a new visitor on the home page
      When they allow analytics cookies by keyboard
      Then the keyboard is enough
      And the preferences show that analytics cookies are allowed

    Scenario: Consent can be taken back by keyboard alone
      Given a visitor who has accepted all cookies
      When they visit the home page
      And they refuse all cookies by keyboard
      Then the keyboard is enough
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

  @R-OBSCURED
  Rule: The banner does not lie over what has the keyboard

    Scenario: What has the keyboard can be seen beside the banner
      Given a new visitor on the home page
      Then the banner hides nothing that has the keyboard

  @R-HEARD
  Rule: Who cannot see the dialog hears of it

    Scenario: Screen readers hear of the dialog
      Given a new visitor on the home page
      Then screen readers hear of the dialog

  @R-MOTION
  Rule: Who asks for less motion is shown a dialog that keeps still

    Scenario: The dialog does not move for visitors who ask for less motion
      Given a visitor whose browser asks for less motion
      When they visit the home page
      Then the dialog keeps still

  @R-REFLOW
  Rule: A narrow screen has all that a wide one has

    Scenario: On a narrow screen no button is lost
      Given a visitor on a narrow screen
      When they visit the home page
      Then no button of the dialog is lost

    Scenario: On a narrow screen in dark colours no button is lost
      Given a visitor on a narrow screen whose browser asks for dark colours
      When they visit the home page
      Then no button of the dialog is lost

  @R-AXE
  Rule: The dialog can be used by everybody, as far as a script can tell

    Scenario: Each layer is put to axe-core's rules
      Given a new visitor on the home page
      Then the dialog breaks no rule of accessibility that a script can test

    Scenario: Each layer is put to axe-core's rules in dark colours
      Given a visitor whose browser asks for dark colours
      When they visit the home page
      Then the dialog breaks no rule of accessibility that a script can test

    Scenario: The settings page is put to axe-core's rules
      Given a new visitor
      Then the settings page breaks no rule of accessibility that a script can test
