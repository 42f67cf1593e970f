Feature: Other devices, other browsers, other people
  The choice belongs to one browser on one device. Nobody else's browser knows it.

  @P13
  Rule: Another profile, device or browser is asked on its own

    Scenario: A second profile on the same device
      Given a visitor who has refused all cookies
      And who has read two articles
      When the same person uses a second profile
      Then they are asked there
      And only functionality items are stored there
      And the first browser still remembers the choice

    Scenario: A phone
      Given a visitor who has accepted all cookies
      When the same person uses a phone
      Then they are asked there
      And only functionality items are stored there
      And only the site and its technical partners have heard from them there
      And the first browser still remembers the choice

    Scenario: A private window
      Given a visitor who has accepted all cookies
      When the same person uses a private window
      Then they are asked there
      And only the site and its technical partners have heard from them there
      And the first browser still remembers the choice

    Scenario: Another browser
      Given a visitor who has accepted all cookies
      When the same person uses another browser
      Then they are asked there
      And only functionality items are stored there
      And the first browser still remembers the choice

    Scenario: Another browser after a refusal
      Given a visitor who has refused all cookies
      When the same person uses another browser
      Then they are asked there
      And the first browser still remembers the choice

  @P26
  Rule: What is stored in a browser is shared by those who use it, and by nobody else

    Scenario: Two people at one browser share one choice
      Given a visitor who has refused all cookies
      When another person uses the same browser
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed

    Scenario: Whoever comes after somebody who has signed out
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they sign out
      Then nothing is left that recognised the person who has signed out
      When another person uses the same browser
      Then the site does not ask again
      And they are signed out
      And the basket is empty
      And neither the home page nor the sign-in page names the person who has signed out

    Scenario: Two profiles share no identifier
      Given a visitor who has accepted all cookies
      When the same person accepts all cookies in a second profile
      Then the two profiles share no identifier

    Scenario: A private window shares no identifier with the other windows
      Given a visitor who has accepted all cookies
      When the same person accepts all cookies in a private window
      Then the two profiles share no identifier
