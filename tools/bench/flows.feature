Feature: Ten consent flows against the clock
  The same ten flows are written down for the harness's peers, in bench/peers.

  @P10
  Rule: Nothing but what was chosen

    Scenario: Warm up
      Given a new visitor on the home page
      Then only functionality items are stored

    Scenario: First visit
      Given a new visitor
      When they visit the home page
      Then the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: Accept all
      Given a visitor who has accepted all cookies
      When they visit the article
      Then analytics cookies are at work
      And social cookies are at work
      And advertising cookies are at work

    Scenario: Refuse all
      Given a visitor who has refused all cookies
      When they visit the article
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: Refuse social
      Given a new visitor
      When they refuse social cookies
      And they visit the article
      Then analytics cookies are at work
      And no social items are stored
      And no social service has heard from them

    Scenario: Delete and be asked again
      Given a visitor who has accepted all cookies
      When they remove all cookies
      And they visit the home page
      Then the site asks for a choice
      And no optional item has been written since

    Scenario: Change of mind
      Given a visitor who has accepted all cookies
      When they refuse all cookies after all
      And they visit the article
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

    Scenario: Sign in and buy with all refused
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they place the order
      Then the order is confirmed
      And only functionality items are stored

    Scenario: Second profile
      Given a visitor who has refused all cookies
      When the same person uses a second profile
      Then they are asked there
      And only functionality items are stored there

    Scenario: Phone
      Given a visitor on a phone
      When they visit the home page
      Then the site asks for a choice
      And only functionality items are stored

    Scenario: Three pages with analytics
      Given a visitor who has allowed analytics cookies
      When they read three articles
      Then analytics cookies are at work
      And every page view was counted
