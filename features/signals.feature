Feature: What services are told of the choice
  Some sites send their services a signal of what the visitor allows. The signal says what the visitor chose. Before a
  choice and after a refusal it allows nothing. After a consent it reaches each service before the service counts.

  @P10
  Rule: No service is told of consent that nobody gave

    Scenario: Before a choice no service is told that anything is allowed
      Given a new visitor
      When they read two articles
      Then no service was told that anything is allowed

    Scenario: After a refusal no service is told that anything is allowed
      Given a visitor who has refused all cookies
      When they read two articles
      Then no service was told that anything is allowed
      And no service that was told of a refusal can recognise the visitor

    Scenario: Who allows analytics has not allowed advertising
      Given a visitor who has allowed analytics cookies
      When they read two articles
      Then each service was told what the visitor allowed

  @P21
  Rule: Services learn of consent before they count

    Scenario: Services are told of consent in time, on every page
      Given a visitor who has accepted all cookies
      When they read two articles
      Then each service was told what the visitor allowed
      And each was told before it was asked to count

  @P11
  Rule: Services are told of a withdrawal

    Scenario: After a withdrawal no service is told that anything is allowed
      Given a visitor who has accepted all cookies
      When they refuse all cookies after all
      And they read two articles
      Then no service was told that anything is allowed since

  @P10
  Rule: No consent string claims consent that nobody gave

    Scenario: Before a choice no consent string says that anything is allowed
      Given a new visitor
      When they read two articles
      Then no consent string says that anything is allowed
      And services were told, and the device holds, what the page's own consent string says

    Scenario: After a refusal no consent string says that anything is allowed
      Given a visitor who has refused all cookies
      When they read two articles
      Then no consent string says that anything is allowed
      And services were told, and the device holds, what the page's own consent string says

    Scenario: A consent string that allows analytics does not allow advertising
      Given a visitor who has allowed analytics cookies
      When they read two articles
      Then each consent string says what the visitor allowed

  @P21
  Rule: Consent strings say what was allowed, on every page

    Scenario: After consent the page, the services and the device hold the same
      Given a visitor who has accepted all cookies
      When they read two articles
      Then each consent string says what the visitor allowed
      And services were told, and the device holds, what the page's own consent string says

  @P11
  Rule: A withdrawal is in the next consent string

    Scenario: After a withdrawal no consent string says that anything is allowed
      Given a visitor who has accepted all cookies
      When they refuse all cookies after all
      And they read two articles
      Then no consent string says that anything is allowed since
      And services were told, and the device holds, what the page's own consent string says

  @P02
  Rule: A browser's request not to sell or share the visitor's data is honoured

    Scenario: No data of a visitor who asks for that is sold or shared
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then nothing about them is sold or shared

    Scenario: The wish outlives a choice of functionality cookies alone
      Given a visitor whose browser asks not to be sold or shared
      When they refuse all cookies on the home page
      And they read two articles
      Then nothing about them is sold or shared

    Scenario: A consent that is given later counts
      Given a visitor whose browser asks not to be sold or shared
      When they accept all cookies on the home page
      And they read two articles
      Then every category that they allowed is at work

    Scenario: The site confirms that it honours the wish
      Given a visitor whose browser asks not to be sold or shared
      When they visit the home page
      Then the site says that it honours their wish

    Scenario: The site's own declaration does not deny it
      Given a visitor without scripts
      When they call up the home page
      Then the site does not declare that it ignores such wishes

  @P33
  Rule: Services learn of an objection, and of nothing else by it

    Scenario: No service is told that what the visitor objects to is allowed
      Given a new visitor
      When they read two articles
      And they object to what needs no consent
      And they read two articles
      Then no service was told that anything is allowed since

    Scenario: Services are told that all but what the visitor objects to is allowed
      Given a visitor who has accepted all cookies
      When they object to what needs no consent
      And they read two articles
      Then each service was told what the visitor allowed

    Scenario: No consent string claims an interest that the visitor objects to
      Given a new visitor
      When they read two articles
      And they object to what needs no consent
      And they read two articles
      Then no consent string says that anything is allowed since

    Scenario: Consent strings allow all but what the visitor objects to
      Given a visitor who has accepted all cookies
      When they object to what needs no consent
      And they read two articles
      Then each consent string says what the visitor allowed
      And services were told, and the device holds, what the page's own consent string says

  @P30
  Rule: A browser's request for privacy counts as a refusal

    Scenario: Nothing optional is at work for a visitor who asks for privacy
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then no optional items are stored
      And no optional service has heard from them

    Scenario: No service is told that anything is allowed against a visitor's wish
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then no service was told that anything is allowed against their wish

    Scenario: No consent string says that anything is allowed against a visitor's wish
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then no consent string says that anything is allowed against their wish
