Feature: The policy's register
  The policy lists what the site stores: each item by name, in its category, for how long. Nothing else is stored.

  @P05
  Rule: What is stored stands in the policy's register

    Scenario: After accepting everything
      Given a policy that lists what is stored
      And a visitor who has accepted all cookies
      When they read three articles
      Then the policy's register lists everything that is stored

    Scenario: After refusing everything
      Given a policy that lists what is stored
      And a visitor who has refused all cookies
      When they read three articles
      Then the policy's register lists everything that is stored
