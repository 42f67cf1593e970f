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
