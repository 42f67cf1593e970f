Feature: A choice that holds for the account
  Some policies promise that a choice holds on each device on which the visitor signs in.

  @P34
  Rule: The choice comes along to a second device

    Scenario Outline: A second device after <choosing>
      Given a visitor who has <chosen>
      When they sign in
      And the same person signs in on a second device
      Then they are not asked there
      And the preferences there show that <allowed> cookies are allowed

      Examples:
        | choosing              | chosen               | allowed      |
        | refusing all cookies  | refused all cookies  | no optional  |
        | accepting all cookies | accepted all cookies | all optional |

    Scenario: A change of mind while signed in
      Given a visitor who has accepted all cookies
      When they sign in
      And they refuse all cookies after all
      And the same person signs in on a second device
      Then they are not asked there
      And the preferences there show that no optional cookies are allowed
