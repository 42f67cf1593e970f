Feature: A change of mind
  A choice can be changed at any time, in both directions. What was stored before may stay on the device until the
  visitor removes it in the browser, but it is left alone: not renewed, not read, not sent.

  @P11
  Rule: After a withdrawal, earlier items are left alone

    Scenario Outline: Withdrawing consent to <category> cookies
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they withdraw their consent to <category> cookies
      And they read two articles
      Then no <category> item has been written since
      And no <category> identifier has been read since
      And no <category> service has heard from them since
      And the preferences show that <category> cookies are refused

      Examples:
        | category    |
        | analytics   |
        | social      |
        | advertising |

    Scenario: Withdrawing everything
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they refuse all cookies after all
      And they wait for a minute
      And they read two articles
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

  @P02
  Rule: Consent can be given later

    Scenario Outline: Allowing <category> cookies after a refusal
      Given a visitor who has refused all cookies
      When they allow <category> cookies after all
      And they read two articles
      Then <category> cookies are at work
      And only functionality items and those for <category> are stored

      Examples:
        | category    |
        | analytics   |
        | social      |
        | advertising |

    Scenario: Refusing, accepting and refusing again
      Given a visitor who has refused all cookies
      When they accept all cookies after all
      And they refuse all cookies after all
      And they read two articles
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

  @P11
  Rule: A withdrawal holds on every page

    Scenario: A withdrawal holds on the pages of the shop and the account
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they refuse all cookies after all
      And they walk through the pages of the shop
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

    Scenario: A withdrawal holds on the remaining pages
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they refuse all cookies after all
      And they walk through the remaining pages
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since
