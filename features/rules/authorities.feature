Feature: Rules of national authorities
  How long a choice counts, as authorities of member states recommend.

  @R-AGAIN
  Rule: A refusal counts for half a year

    Scenario: Who refused five months ago is not asked again
      Given a visitor who has refused all cookies
      When they come back after 5 months
      Then the site does not ask again

  @R-RENEW
  Rule: A choice does not count for ever

    Scenario: Who chose more than two years ago is asked again
      Given a visitor who has refused all cookies
      When they come back after 25 months
      Then the site asks for a choice

  @R-STATISTICS
  Rule: Statistics without consent serve the site alone

    Scenario: What counts visits without consent is bounded and stays with the site
      Given a new visitor to a site that counts without consent
      When they read two articles
      And they come back after 1 month
      And they read two articles
      Then statistics without consent keep to their conditions

  @R-ACCOUNT
  Rule: An account carries a refusal along as it carries consent

    Scenario: A withdrawal comes along to a second device
      Given a visitor who has accepted all cookies
      When they sign in
      And they refuse all cookies after all
      And the same person signs in on a second device
      Then only functionality items are stored there
      And only the site and its technical partners have heard from them there
