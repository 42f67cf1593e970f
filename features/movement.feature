Feature: Moving through the site
  Visitors follow links, go back, reload, and keep several tabs open. However they move, their choice goes with them.

  @P10
  Rule: A choice holds on the way back

    Scenario: Going back to a page from before the refusal
      Given a new visitor on the home page
      When they walk on without choosing
      And they refuse all cookies after all
      And they go back
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: Going back, forward and reloading after a refusal
      Given a visitor who has refused all cookies
      When they read two articles
      And they go back
      And they go forward
      And they reload the page
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

  @P11
  Rule: After a withdrawal, no page that was opened before goes on

    Scenario: Going back to a page from before the withdrawal
      Given a visitor who has accepted all cookies
      When they visit the cookie policy
      And they refuse all cookies after all
      And they go back
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

    Scenario: A tab that was open before the withdrawal
      Given a visitor who has accepted all cookies
      When they open a second tab
      And they refuse all cookies after all
      And they return to the first tab
      And they wait for a minute
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since
      And the preferences show that no optional cookies are allowed

  @P10
  Rule: Pointing at a link is no visit

    Scenario: Resting the pointer on a link after a refusal
      Given a visitor who has refused all cookies
      When they rest the pointer on a link
      And they read two articles
      And they rest the pointer on a link
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
