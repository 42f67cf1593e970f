Feature: Rules of the European Union
  What European law and the European Data Protection Board ask of every site, whatever its own policy says.

  @R-EASY
  Rule: Refusing is as easy as accepting

    Scenario: One click refuses everything
      Given a new visitor on the home page
      Then refusing takes no more clicks than accepting

    Scenario: Refusing does not hide beside accepting
      Given a new visitor on the home page
      Then refusing is as easy to see as accepting

  @R-TICKED
  Rule: What is switched on was switched on by the visitor

    Scenario: Nothing is ticked in advance
      Given a new visitor on the home page
      When they open the preferences
      Then no optional category is ticked in advance

  @R-CONTRAST
  Rule: Refusing can be read

    Scenario: The word that refuses stands out from its background
      Given a new visitor on the home page
      Then what refuses can be read

  @R-WALL
  Rule: Who refuses is not shut out

    Scenario: The site can be read after a refusal
      Given a visitor who has refused all cookies
      When they visit the home page
      Then as much can be read as before a choice

  @R-WITHDRAW
  Rule: Withdrawing is as easy as consenting

    Scenario: Consent is taken back as easily as it was given
      Given a visitor who has accepted all cookies
      When they read two articles
      Then withdrawing is as easy as consenting

    Scenario: Each page lets consent be taken back as easily, by keyboard as well
      Given a visitor who has accepted all cookies
      Then withdrawing is as easy as consenting on every page, by keyboard as well

  @R-TICKED
  Rule: A refusal leaves nothing switched on

    Scenario: No legitimate interest and no vendor is left on by a refusal
      Given a visitor who has refused all cookies
      When they open the preferences
      Then no switch that can be refused is left on

  @R-EASY
  Rule: Refusing is as easy as accepting by phone as well

    Scenario: By phone one click refuses everything, and is as easy to see
      Given a visitor on a phone
      When they visit the home page
      Then refusing takes no more clicks than accepting
      And refusing is as easy to see as accepting

  @R-EASY
  Rule: Refusing takes no patience

    Scenario: The first click on what refuses is enough
      Given a new visitor on the home page
      Then the first click on what refuses is enough, as on what accepts

  @R-EASY
  Rule: Refusing is as easy as accepting in dark colours and in another language as well

    Scenario: In dark colours one click refuses everything, and is as easy to see
      Given a visitor whose browser asks for dark colours
      When they visit the home page
      Then refusing takes no more clicks than accepting
      And refusing is as easy to see as accepting

    Scenario: In another language one click refuses everything, and is as easy to see
      Given a new visitor on the home page
      When they choose another language
      Then refusing takes no more clicks than accepting
      And refusing is as easy to see as accepting
