Feature: Functionality cookies
  Functionality cookies make the site work: the secure area, the basket, the order, the language. They serve nothing else.

  @P16
  Rule: The essentials work with everything else refused

    Scenario: Signing in
      Given a visitor who has refused all cookies
      When they sign in
      Then they are signed in

    Scenario: Filling the basket
      Given a visitor who has refused all cookies
      When they put something into the basket
      Then the basket holds something

    Scenario: Placing an order
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they place the order
      Then the order is confirmed
      And only functionality items are stored
      And only the site and its technical partners have heard from them

  @P17
  Rule: The presentation follows the visitor's device

    Scenario: The chosen language is kept after a refusal
      Given a visitor who has refused all cookies
      When they choose another language
      And they read two articles
      Then the site speaks that language

    Scenario: A small screen gets its own presentation
      Given a visitor on a phone
      When they visit the home page
      Then the page is laid out for a small screen

  @P15
  Rule: The site answers when browser, language or display cannot be told

    Scenario Outline: A visitor with <what>
      Given a visitor without scripts and with <what>
      When they call up the home page
      Then the site answers

      Examples:
        | what                 |
        | an unknown browser   |
        | no named browser     |
        | no language          |
        | an unknown language  |

    Scenario: A very small display
      Given a visitor on a tiny screen
      When they visit the home page
      Then the page can be read

  @P15 @R-PRIOR
  Rule: The site fails safe when the country cannot be told or a technical partner does not answer

    Scenario: A visitor whose country cannot be told
      Given a visitor whose time zone tells no country
      When they visit the home page
      Then the page can be read
      And the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A technical partner that does not answer
      Given a new visitor
      When they come to the home page while no technical partner answers
      Then the page can be read
      And only functionality items are stored
      And only the site and its technical partners have heard from them

  @P18
  Rule: Functionality cookies are of no use for marketing

    Scenario: Their values reach nobody else
      Given a visitor who has accepted all cookies
      When they sign in
      And they put something into the basket
      And they read two articles
      Then no functionality value has reached another service

  @P20
  Rule: A refusal leaves functionality cookies in place

    Scenario: Refusing everything keeps the functionality items
      Given a visitor who has accepted all cookies
      When they sign in
      And they refuse all cookies after all
      Then they are still signed in
