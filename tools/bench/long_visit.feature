Feature: A long visit
  One visitor reads three articles, twelve times over. What the last three cost should be what the first three cost.

  @P10
  Rule: Nothing but what was chosen

    Scenario: Thirty-six articles after a refusal
      Given a visitor who has refused all cookies
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
      When they read three articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them since
