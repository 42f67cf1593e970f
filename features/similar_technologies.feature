Feature: Similar technologies
  A browser's other stores, such as local storage, obey the same choice. Plug-ins with stores of their own are not used.

  @P27
  Rule: Every store obeys the choice

    Scenario: Before a choice no other store is used for optional purposes
      Given a new visitor
      When they read three articles
      And they wait for a minute
      Then nothing optional is kept outside cookies

    Scenario: After a refusal no other store is used for optional purposes
      Given a visitor who has refused all cookies
      When they read three articles
      Then nothing optional is kept outside cookies

    Scenario Outline: With consent to <category> cookies other stores belong to what was allowed
      Given a visitor who has allowed <category> cookies
      When they read two articles
      Then what is kept outside cookies belongs to <category> or functionality

      Examples:
        | category  |
        | analytics |

  @P27
  Rule: No plug-ins

    Scenario Outline: No plug-in content on the <page>
      Given a new visitor
      When they visit the <page>
      Then the page holds no plug-in content

      Examples:
        | page          |
        | home page     |
        | article       |
        | cookie policy |
