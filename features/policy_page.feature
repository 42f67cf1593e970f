Feature: The policy and the publisher
  The visitor can find out who publishes the site and what its cookie policy says.

  @P01
  Rule: The legal information is one click away

    Scenario Outline: From the <page>
      Given a new visitor
      When they visit the <page>
      Then a link leads to the legal information

      Examples:
        | page          |
        | home page     |
        | article       |
        | cookie policy |
        | error page    |
        | sub-domain    |

    Scenario: The legal information can be read
      Given a visitor without scripts
      When they call up the home page
      Then the link to the legal information answers

  @P05
  Rule: The policy names its categories without contradiction

    Scenario: As many categories are listed as announced
      Given a visitor without scripts
      When they call up the cookie policy
      Then it describes every category that the preferences offer
      And it lists the categories that it announces
