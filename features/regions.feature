Feature: Visitors from elsewhere
  A site may treat visitors by where they come from. The profile names the regions, with a proxy in each, and says what
  their visitors are to find. A site that takes them for visitors from elsewhere has not broken a promise by that.

  @R-PRIOR
  Rule: Where visitors are to be asked, nothing happens before they have chosen

    Scenario Outline: Visitors from <asked> are asked
      Given a visitor from <asked>, where visitors are asked
      When they visit the home page
      Then the site asks the visitors of that region
      And only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | asked  |
        | France |

  @P02
  Rule: Where visitors can opt out, what they refuse rests from then on

    Scenario Outline: Visitors from <opting> can opt out
      Given a visitor from <opting>, where visitors can opt out
      When they visit the home page
      And they refuse all cookies after all
      And they read two articles
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since

      Examples:
        | opting     |
        | California |
