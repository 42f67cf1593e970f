Feature: Sister sites
  Some policies promise that a choice is shared with sister sites, which they name.

  @P35
  Rule: A choice holds at the sister site

    Scenario Outline: Following the link to it after <choosing>
      Given a visitor who has <chosen>
      When they follow the link to the sister site
      Then the site does not ask again
      And the preferences show that <allowed> cookies are allowed

      Examples:
        | choosing              | chosen               | allowed      |
        | refusing all cookies  | refused all cookies  | no optional  |
        | accepting all cookies | accepted all cookies | all optional |

    Scenario: Who has not chosen is asked at the sister site as well
      Given a new visitor on the home page
      When they follow the link to the sister site
      Then the site asks for a choice
      And only functionality items are stored
