Feature: The preferences
  The visitor sees the categories, changes them whenever they like, and finds them as they left them.

  @P02
  Rule: The preferences open from every page, before and after a choice

    Scenario Outline: Before a choice, from the <page>
      Given a new visitor
      When they visit the <page>
      Then the preferences can be opened

      Examples:
        | page             |
        | home page        |
        | article          |
        | basket           |
        | cookie policy    |
        | error page       |
        | sub-domain       |

    Scenario Outline: After a choice, from the <page>
      Given a visitor who has refused all cookies
      When they visit the <page>
      Then the preferences can be opened

      Examples:
        | page             |
        | home page        |
        | article          |
        | sign-in page     |
        | basket           |
        | legal page       |
        | sub-domain       |

    Scenario: From the order form
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they visit the order form
      Then the preferences can be opened

    Scenario: On a phone
      Given a visitor on a phone
      When they visit the home page
      Then the preferences can be opened

    Scenario: In another language
      Given a visitor who has refused all cookies
      When they choose another language
      Then the preferences can be opened

    Scenario: By keyboard alone
      Given a visitor who has refused all cookies
      When they visit the home page
      Then the preferences can be opened by keyboard

  @P05
  Rule: The preferences offer the policy's categories and no other

    Scenario: The policy's categories are offered
      Given a new visitor on the home page
      When they open the preferences
      Then they offer exactly the categories of the policy

    Scenario: Everything that the site keeps belongs to one category
      Given a visitor who has accepted all cookies
      When they read three articles
      And they walk through the pages of the shop
      Then every stored item belongs to exactly one category
      And every service that was contacted is declared

    Scenario: The policy's table names what is stored
      Given a visitor who has accepted all cookies
      When they visit the cookie policy
      Then the policy's table lists every cookie that is stored

  @P20
  Rule: Functionality cookies cannot be switched off

    Scenario: The functionality switch is locked on
      Given a new visitor on the home page
      When they open the preferences
      Then the functionality switch is locked on

    Scenario: The functionality switch stays locked after a refusal
      Given a visitor who has refused all cookies
      When they open the preferences
      Then the functionality switch is locked on

  @P02 @P10
  Rule: The preferences show what was chosen

    Scenario Outline: The preferences remember <allowed>
      Given a visitor who has allowed <allowed> cookies
      When they visit the home page
      Then the preferences show that <allowed> cookies are allowed

      Examples:
        | allowed                |
        | no optional            |
        | analytics              |
        | social and advertising |

    Scenario: The preferences know at once what was accepted
      Given a visitor who has accepted all cookies
      When they open the preferences
      Then the preferences show that all optional cookies are allowed
