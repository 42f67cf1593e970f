Feature: When the consent manager has trouble
  The script that asks for a choice can come late, broken or never. Nobody has chosen then, and no choice is assumed.

  @R-PRIOR
  Rule: Without a consent manager there is no consent

    Scenario Outline: The consent manager <befalls>
      Given a visitor for whom the consent manager <befalls>
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | befalls               |
        | never comes           |
        | is cut off            |
        | answers with an error |
        | comes broken          |

  @P15
  Rule: Without a consent manager the site can be read

    Scenario: A page whose consent manager never comes
      Given a visitor for whom the consent manager never comes
      When they visit the home page
      Then the page can be read

  @R-PRIOR
  Rule: A consent manager that comes late still asks

    Scenario: It comes long after the page
      Given a visitor for whom the consent manager comes late
      When they visit the home page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the site asks for a choice

    Scenario: It comes after everything else on the page
      Given a visitor for whom the consent manager comes after everything else
      When they visit the home page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the site asks for a choice

  @R-PRIOR
  Rule: A slow connection is no consent

    Scenario: A new visitor on a slow connection
      Given a visitor whose connection is slow
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the site asks for a choice

  @P10
  Rule: Trouble turns no refusal into consent

    Scenario: A refusal at a late consent manager holds
      Given a visitor for whom the consent manager comes late
      When they refuse all cookies on the home page
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal over a slow connection holds
      Given a visitor whose connection is slow
      When they refuse all cookies on the home page
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

    Scenario: A refusal that could not be saved is no consent
      Given a visitor whose connection breaks off whenever a choice is saved
      When they refuse all cookies on the home page
      And they reload the page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

  @R-PRIOR
  Rule: What the browser has kept of the site turns no trouble into consent

    Scenario Outline: Later, the consent manager <befalls>
      Given a visitor who has seen the home page, and for whom the consent manager then <befalls>
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | befalls               |
        | never comes           |
        | is cut off            |
        | answers with an error |
        | comes broken          |

    Scenario: Later, the consent manager comes late
      Given a visitor who has seen the home page, and for whom the consent manager then comes late
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the site asks for a choice
