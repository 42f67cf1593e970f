Feature: Choosing categories
  The visitor accepts or refuses each category. From then on the site does what they chose and nothing else.

  @P10
  Rule: What was chosen holds, whatever was chosen

    Scenario Outline: Allowing <allowed> cookies
      Given a visitor who has allowed <allowed> cookies
      When they read two articles
      Then the site does not ask again
      And only functionality items and those for <allowed> are stored
      And no service for any other purpose has heard from them

      Examples:
        | allowed                             |
        | no optional                         |
        | analytics                           |
        | social                              |
        | advertising                         |
        | analytics and social                |
        | analytics and advertising           |
        | social and advertising              |
        | analytics, social and advertising   |

    Scenario Outline: A choice of <category> cookies holds in a second tab
      Given a visitor who has allowed <category> cookies
      When they open a second tab
      Then the site does not ask again
      And only functionality items and those for <category> are stored
      And the preferences show that <category> cookies are allowed

      Examples:
        | category |
        | social   |

    Scenario: A choice holds on the sub-domain
      Given a visitor who has allowed analytics cookies
      When they visit the sub-domain
      Then the site does not ask again
      And only functionality items and those for analytics are stored

    Scenario: A refusal holds on the sub-domain
      Given a visitor who has refused all cookies
      When they visit the sub-domain
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @P27
    Scenario: A refusal holds however long the visitor stays
      Given a visitor who has refused all cookies
      When they read three articles
      And they wait for a minute
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @P27
    Scenario: A refusal holds on the pages of the shop and the account
      Given a visitor who has refused all cookies
      When they read two articles
      And they walk through the pages of the shop
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    @P19
    Scenario: A refusal is not made up for by addresses
      Given a visitor who has refused all cookies
      When they read two articles
      And they visit the home page
      Then no address carries anything that recognises the visitor
      And technical partners were told nothing that recognises the visitor
      And no link to another site carries anything that recognises the visitor

    Scenario: A refusal holds while scrolling
      Given a visitor who has refused all cookies
      When they scroll to the end of the page
      And they read two articles
      And they scroll to the end of the page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal holds whatever the visitor does with the page
      Given a visitor who has refused all cookies
      When they copy some of the text
      And they turn to leave the page
      And they read two articles
      And they copy some of the text
      And they turn to leave the page
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal holds for a visitor who is signed in
      Given a visitor who has refused all cookies
      When they sign in
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: Accepting everything puts every category to work
      Given a visitor who has accepted all cookies
      When they read two articles
      Then every category that they allowed is at work

    Scenario: A refusal holds in a second tab
      Given a visitor who has refused all cookies
      When they open a second tab
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: Whoever has accepted everything is not asked in a second tab
      Given a visitor who has accepted all cookies
      When they open a second tab
      Then the site does not ask again

    Scenario: A refusal holds on the remaining pages
      Given a visitor who has refused all cookies
      When they walk through the remaining pages
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal holds in another language
      Given a visitor who has refused all cookies
      When they choose another language
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @P19
    Scenario: A refusal holds whatever is clicked and typed
      Given a visitor who has refused all cookies
      When they click into the text
      And they click links that lead away from the site
      And they type into a field without sending it
      And they read two articles
      And they click into the text
      And they click links that lead away from the site
      And they type into a field without sending it
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And nobody else was told the address that they typed

    Scenario: A refusal holds whatever becomes of the window
      Given a visitor who has refused all cookies
      When they read two articles
      And they turn their screen
      And they print the page
      And they open a second tab
      And they return to the first tab
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario Outline: A refusal holds for whoever <looks>
      Given a visitor who has refused all cookies
      When they <look>
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the preferences show that no optional cookies are allowed

      Examples:
        | looks                                | look                            |
        | looks at the preferences and closes  | open and close the preferences  |
        | looks at the preferences and escapes | open and escape the preferences |

    @P12
    Scenario: Whoever has refused is asked again on no page
      Given a visitor who has refused all cookies
      Then no page asks again

    Scenario: Saving the preferences with nothing allowed is a refusal
      Given a new visitor on the home page
      When they save the preferences with nothing allowed
      And they read two articles
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And the preferences show that no optional cookies are allowed

  @P10
  Rule: A choice holds on every device

    Scenario: A refusal by phone
      Given a visitor on a phone
      When they refuse all cookies on the home page
      And they read two articles
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal in dark colours
      Given a visitor whose browser asks for dark colours
      When they refuse all cookies on the home page
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

  @P10
  Rule: What was chosen holds, whatever is opened, looked up or ended, and wherever

    Scenario: A refusal holds whatever is opened and looked up
      Given a visitor who has refused all cookies
      When they open and close what the page folds away
      And they look something up
      And they read two articles
      And they open and close what the page folds away
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal holds for whoever has signed out
      Given a visitor who has refused all cookies
      When they sign in
      And they sign out
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A choice of analytics cookies holds on the pages of the shop and the account
      Given a visitor who has allowed analytics cookies
      When they walk through the pages of the shop
      Then only functionality items and those for analytics are stored
      And no service for any other purpose has heard from them

    Scenario: A choice of analytics cookies holds on the remaining pages
      Given a visitor who has allowed analytics cookies
      When they walk through the remaining pages
      Then only functionality items and those for analytics are stored
      And no service for any other purpose has heard from them
