Feature: Advertising cookies
  Advertising cookies recognise a visitor who agreed on many sites, in order to choose advertisements.

  @P10
  Rule: Advertising needs consent

    Scenario: With consent advertising is at work
      Given a visitor who has allowed advertising cookies
      When they read two articles
      Then advertising cookies are at work
      And only functionality items and those for advertising are stored

    Scenario: Without consent no advertiser hears from the visitor
      Given a visitor who has refused advertising cookies alone
      When they read two articles
      Then no advertising items are stored
      And no advertising service has heard from them
