Feature: A policy that changes
  A choice is made about a policy. When the policy changes, the visitor is asked again.

  @P29
  Rule: Who chose under an earlier policy is asked again

    Scenario Outline: The policy changes after <choosing>
      Given a visitor who has <chosen>
      When the policy changes
      And they visit the home page
      Then the site asks for a choice

      Examples:
        | choosing              | chosen               |
        | accepting all cookies | accepted all cookies |
        | refusing all cookies  | refused all cookies  |
