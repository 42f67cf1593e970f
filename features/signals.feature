Feature: What services are told of the choice
  Some sites tell the services that they work with what the visitor allows. Then services are told what the visitor
  chose: nothing before there is a choice, nothing after a refusal, and consent before they are asked to count.

  @P10
  Rule: No service is told of consent that nobody gave

    Scenario: Before a choice no service is told that anything is allowed
      Given a new visitor
      When they read two articles
      Then no service was told that anything is allowed

    Scenario: After a refusal no service is told that anything is allowed
      Given a visitor who has refused all cookies
      When they read two articles
      Then no service was told that anything is allowed
      And no service that was told of a refusal can recognise the visitor

    Scenario: Who allows analytics has not allowed advertising
      Given a visitor who has allowed analytics cookies
      When they read two articles
      Then each service was told what the visitor allowed

  @P21
  Rule: Services learn of consent before they count

    Scenario: Services are told of consent in time, on every page
      Given a visitor who has accepted all cookies
      When they read two articles
      Then each service was told what the visitor allowed
      And each was told before it was asked to count

  @P11
  Rule: Services are told of a withdrawal

    Scenario: After a withdrawal no service is told that anything is allowed
      Given a visitor who has accepted all cookies
      When they refuse all cookies after all
      And they read two articles
      Then no service was told that anything is allowed since
