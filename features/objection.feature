Feature: Objection in place of consent
  Some policies name categories that need no consent. They are at work until the visitor objects, and rest from then on.

  @P33
  Rule: An objection is heeded

    Scenario: What the visitor objects to rests on every page
      Given a new visitor
      When they read two articles
      And they object to what needs no consent
      And they read two articles
      Then nothing that they objected to has been written since
      And nobody that they objected to has heard from them since
      And the preferences show what they objected to as off

    Scenario: Refusing everything is an objection as well
      Given a new visitor
      When they read two articles
      And they refuse all cookies after all
      And they read two articles
      Then nothing that they objected to has been written since
      And nobody that they objected to has heard from them since

    Scenario: An objection is still heeded the next day
      Given a new visitor on the home page
      When they object to what needs no consent
      And they come back after 1 day
      And they read two articles
      Then the site does not ask again
      And nothing that they objected to has been written since
      And nobody that they objected to has heard from them since

    Scenario: Objecting takes nothing back that was allowed
      Given a visitor who has accepted all cookies
      When they object to what needs no consent
      And they read two articles
      Then every category that they allowed is at work
      And nobody that they objected to has heard from them since
