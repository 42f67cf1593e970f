Feature: What brought the visitor
  Links in letters, advertisements and shared posts carry marks, which say where a visitor came from. Such a mark serves
  marketing alone. The items that the site needs to work do not hold it, and no service receives it without consent.

  @P18
  Rule: The items that the site needs to work do not hold the mark

    Scenario Outline: Arriving by a link from <whence>, with everything accepted
      Given a visitor who has accepted all cookies
      When they arrive by a link from <whence>
      And they read two articles
      Then no functionality item holds what brought them

      Examples:
        | whence           |
        | a letter         |
        | an advertisement |

  @P22 @P18
  Rule: Without consent nobody keeps the mark and no service receives it

    Scenario Outline: Arriving by a link from <whence> after a refusal
      Given a visitor who has refused all cookies
      When they arrive by a link from <whence>
      And they read two articles
      Then no functionality item holds what brought them
      And no service was told what brought them without consent
      And only functionality items are stored
      And only the site and its technical partners have heard from them

      Examples:
        | whence           |
        | an advertisement |
        | a shared post    |

    Scenario: Arriving by a link from an advertisement before a choice
      Given a new visitor
      When they arrive by a link from an advertisement
      And they read two articles
      Then no functionality item holds what brought them
      And no service was told what brought them without consent
      And the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them
