Feature: Anonymous identifiers
  A cookie tells devices apart. It never says who somebody is.

  @P03
  Rule: No stored or sent value names a person

    Scenario: After accepting everything
      Given a visitor who has accepted all cookies
      When they read two articles
      Then no stored value names the visitor

    Scenario: After signing in
      Given a visitor who has accepted all cookies
      When they sign in
      And they read two articles
      Then no stored value names the visitor
      And no other service was told who the visitor is

    Scenario: After signing in with everything refused
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      Then no stored value names the visitor
      And no other service was told who the visitor is
