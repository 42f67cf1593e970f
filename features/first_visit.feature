Feature: The first visit
  A visitor who has not chosen yet has allowed nothing but the functionality cookies, which the site needs to work.
  Reading, scrolling or waiting is not a choice.

  @R-PRIOR
  Rule: Nothing is stored or sent before the visitor has chosen

    Scenario: The site asks before it does anything else
      Given a new visitor
      When they visit the home page
      Then the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @P27
    Scenario: The same holds on every page
      Given a new visitor
      When they read three articles
      Then the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @P16
    Scenario: The same holds on the pages of the shop and the account
      Given a new visitor
      When they walk through the pages of the shop
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: The same holds on a sub-domain
      Given a new visitor
      When they visit the sub-domain
      Then the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: The server itself sets nothing else
      Given a visitor without scripts
      When they call up the home page
      Then the answer sets only functionality cookies
      And the page loads only from the site and its technical partners

  @R-ACT
  Rule: Only a choice is a choice

    Scenario Outline: <Doing> is not consent
      Given a new visitor on the home page
      When they <do>
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | Doing                   | do                                |
        | Scrolling               | scroll to the end of the page     |
        | Pressing Escape         | press Escape                      |
        | Waiting                 | wait for a minute                 |
        | Walking on              | walk on without choosing          |
        | Closing the preferences | open and close the preferences    |
        | Escaping from them      | open and escape the preferences   |
        | Opening a second tab    | open a second tab                 |
        | Pointing at a link      | rest the pointer on a link        |

    Scenario: Closing the banner is not consent
      Given a new visitor on the home page
      When they close the banner without choosing
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

  @P19
  Rule: Technical partners learn nothing about the visitor

    Scenario: Partners are called without anything that recognises the visitor
      Given a new visitor
      When they read three articles
      Then technical partners were told nothing that recognises the visitor
      And only the site and its technical partners have heard from them

    Scenario: Partners learn nothing on the pages of the shop and the account
      Given a new visitor
      When they walk through the pages of the shop
      Then technical partners were told nothing that recognises the visitor

    Scenario: No address on the site carries an identifier
      Given a new visitor
      When they read three articles
      Then no address carries anything that recognises the visitor

  @R-PRIOR
  Rule: No page and no day before a choice is left out

    Scenario: The same holds on the remaining pages
      Given a new visitor
      When they walk through the remaining pages
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    @R-ACT
    Scenario Outline: <Doing> is no choice either
      Given a new visitor on the home page
      When they <do>
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | Doing                   | do                                |
        | Clicking into the text  | click into the text               |
        | Choosing a language     | choose another language           |

    @R-ACT
    Scenario: Coming back without a choice is not consent
      Given a new visitor on the home page
      When they come back after 1 day
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @R-ACT
    Scenario: Nothing that is done with a page is a choice
      Given a new visitor on the home page
      When they reload the page
      And they copy some of the text
      And they turn to leave the page
      And they walk on without choosing
      And they go back
      And they type into a field without sending it
      And they open a second tab
      And they return to the first tab
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them

    @R-ACT
    Scenario: Nothing that becomes of the window or of a page's parts is a choice
      Given a new visitor on the home page
      When they turn their screen
      And they print the page
      And they click links that lead away from the site
      And they open and close what the page folds away
      And they look something up
      And they walk on without choosing
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them
