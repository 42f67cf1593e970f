Feature: Analytics cookies
  Analytics cookies count visits, campaigns and feature tests of visitors who agreed. Another company's service counts.

  @P21
  Rule: The analytics service hears from visitors who agreed, and from nobody else

    Scenario: With consent the service is told of a visit
      Given a visitor who has allowed analytics cookies
      When they read two articles
      Then analytics cookies are at work
      And every page view was counted

    Scenario: Without consent the service hears nothing
      Given a visitor who has refused analytics cookies alone
      When they read two articles
      Then no analytics items are stored
      And no analytics service has heard from them

    Scenario: Nothing is told on leaving the site
      Given a visitor who has refused all cookies
      When they read two articles
      And they leave the site
      Then no analytics service has heard from them

  @P22
  Rule: Statistics, campaigns and feature tests need consent

    Scenario: A campaign is counted with consent
      Given a visitor who has allowed analytics cookies
      When they arrive from a campaign
      Then the campaign was counted

    Scenario: A campaign is not counted without consent
      Given a visitor who has refused all cookies
      When they arrive from a campaign
      Then no analytics service has heard from them
      And only functionality items are stored

    Scenario: A campaign is not counted before a choice
      Given a new visitor
      When they arrive from a campaign
      Then no analytics service has heard from them
      And only functionality items are stored

    Scenario: An error is counted with consent
      Given a visitor who has allowed analytics cookies
      When they visit the error page
      Then the error was counted

    Scenario: An error is not counted without consent
      Given a visitor who has refused all cookies
      When they visit the error page
      Then no analytics service has heard from them

    Scenario: A feature test works without consent and records nothing
      Given a visitor who has refused all cookies
      When they visit the home page
      Then the tested feature is there
      And no analytics items are stored

    Scenario: A feature test is recorded with consent
      Given a visitor who has allowed analytics cookies
      When they visit the home page
      Then the tested feature is there
      And the feature test was counted
