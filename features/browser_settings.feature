Feature: Settings of the browser
  A visitor can have the browser itself reject cookies: all of them, or those of other sites.

  @P06
  Rule: Where the browser rejects all cookies, the site stays readable

    Scenario: Nothing is stored and the site can be read
      Given a visitor whose browser rejects all cookies
      When they read two articles
      Then nothing at all is stored
      And the page can be read
      And the site says what does not work without cookies

    Scenario: A browser that rejects all cookies is not taken for consent
      Given a visitor whose browser rejects all cookies
      When they visit the home page
      Then the site asks for a choice
      And only the site and its technical partners have heard from them

  @P14
  Rule: Without cookies, pages that have to know the visitor say so politely

    Scenario Outline: The <page> without cookies
      Given a visitor whose browser rejects all cookies
      When they try to use the <page>
      Then the page came without an error or a detour
      And the page explains that cookies are needed

      Examples:
        | page         |
        | secure area  |
        | basket       |
        | order form   |

  @P07
  Rule: Where the browser rejects other sites' cookies, the site itself works

    Scenario: No cookie of another site is stored
      Given a visitor whose browser rejects cookies of other sites
      When they accept all cookies on the home page
      And they read two articles
      Then no cookie of another site is stored

    @P16
    Scenario: The account and the basket work
      Given a visitor whose browser rejects cookies of other sites
      When they refuse all cookies on the home page
      And they sign in
      And they put something into the basket
      Then they are signed in
      And the basket holds something

    @P16
    Scenario: Ordering works
      Given a visitor whose browser rejects cookies of other sites
      When they refuse all cookies on the home page
      And they sign in
      And they put something into the basket
      And they place the order
      Then the order is confirmed

  @P07
  Rule: Where the browser rejects the cookies of one website, all else works as chosen

    Scenario: The cookies of one service are rejected
      Given a visitor whose browser rejects the cookies of the advertising services
      When they accept all cookies on the home page
      And they read two articles
      Then every category that they allowed but advertising is at work
      And nothing stands in for the cookies that their browser rejects

    Scenario: The site's own cookies are rejected
      Given a visitor whose browser rejects the site's own cookies
      When they read two articles
      And the browser rejects what it is offered
      Then the page can be read
      And only the site and its technical partners have heard from them
      When they visit the home page
      Then the site asks for a choice

  @P09
  Rule: The policy leads to each browser's own instructions

    Scenario: The instructions can be reached
      Given a visitor without scripts
      When they call up the cookie policy
      Then it links to instructions for the browsers in use
      And each of these links answers
