Feature: The policy's register
  The policy lists what the site stores: each item by name, in its category, for how long. Nothing else is stored, and
  nothing for longer. It names the services that hear from the visitor.

  @P05 @P28 @P31
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

  @P28
  Rule: Nothing is kept for longer than the policy says

    Scenario: Lifetimes after accepting everything
      Given a policy that says how long something is kept
      And a visitor who has accepted all cookies
      When they read three articles
      Then nothing is kept for longer than the policy says

  @P32
  Rule: Only services that the policy names hear from the visitor

    Scenario: With everything accepted
      Given a policy that names its services
      And a visitor who has accepted all cookies
      When they read three articles
      Then only services that the policy names have heard from them

    Scenario: With everything refused
      Given a policy that names its services
      And a visitor who has refused all cookies
      When they read three articles
      Then only services that the policy names have heard from them

  @P28 @P12
  Rule: A choice is kept for as long as the policy says

    Scenario: How long a refusal is kept
      Given a policy that says how long a choice is kept
      And a visitor who has refused all cookies
      When they visit the home page
      Then the choice is kept for as long as the policy says
