@whole_visit
Feature: Whole visits
  Long visits that put many promises to the test at once, for a smoke run. A whole run leaves them out: each of their
  sentences has a scenario of its own there, which says more plainly what broke.

  @R-PRIOR
  Rule: Without a choice

    @R-ACT @P10 @P19
    Scenario: A whole visit without a choice
      Given a new visitor on the home page
      When they scroll to the end of the page
      And they rest the pointer on a link
      And they open and escape the preferences
      And they open and close the preferences
      And they read two articles
      And they wait for a minute
      Then the site still asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And technical partners were told nothing that recognises the visitor
      And no address carries anything that recognises the visitor

  @P10
  Rule: After a refusal

    @P02
    Scenario: A whole visit after a refusal
      Given a new visitor on the home page
      When they walk on without choosing
      And they refuse all cookies after all
      And they go back
      And they scroll to the end of the page
      And they rest the pointer on a link
      And they reload the page
      And they wait for a minute
      And they open a second tab
      And they read three articles
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And no address carries anything that recognises the visitor
      And the preferences can be opened
      And the preferences show that no optional cookies are allowed

    @P16 @P03 @P18 @P19 @P22 @R-LIFETIME
    Scenario: A whole visit to the shop after a refusal
      Given a visitor who has refused all cookies
      When they arrive by a link from an advertisement
      And they sign in
      And they walk through the pages of the shop
      And they put something into the basket
      And they place the order
      Then the order is confirmed
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And technical partners were told nothing that recognises the visitor
      And no stored value names the visitor
      And no other service was told who the visitor is
      And no functionality item holds what brought them
      And no service was told what brought them without consent
      And nothing is kept for longer than the limit

  @P21
  Rule: With everything accepted

    @P02 @P05 @P18 @R-LIFETIME
    Scenario: A whole visit with everything accepted
      Given a visitor who has accepted all cookies
      When they arrive by a link from a letter
      And they read three articles
      Then every category that they allowed is at work
      And every stored item belongs to exactly one category
      And every service that was contacted is declared
      And every page view was counted
      And no functionality item holds what brought them
      And no functionality value has reached another service
      And nothing is kept for longer than the limit
      And the preferences show that all optional cookies are allowed

    @P03 @P05 @P18 @P20
    Scenario: A whole visit of somebody who accepts everything and signs in
      Given a visitor who has accepted all cookies
      When they sign in
      And they put something into the basket
      And they read two articles
      Then no stored value names the visitor
      And no other service was told who the visitor is
      And no functionality value has reached another service
      And every stored item belongs to exactly one category
      When they refuse all cookies after all
      Then they are still signed in

  @P10
  Rule: With one category allowed

    @P02 @P21
    Scenario: A whole visit with one category allowed
      Given a visitor who has allowed advertising cookies
      When they read two articles
      Then every category that they allowed is at work
      And only functionality items and those for advertising are stored
      And no service for any other purpose has heard from them
      When they allow analytics cookies after all
      And they read two articles
      Then analytics cookies are at work
      And no social items are stored
      And no advertising item has been written since
      And no advertising service has heard from them since

  @P11
  Rule: After a withdrawal

    @P02
    Scenario: A whole visit with a withdrawal
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they open a second tab
      And they refuse all cookies after all
      And they return to the first tab
      And they read two articles
      And they wait for a minute
      Then no optional item has been written since
      And no optional identifier has been read since
      And only the site and its technical partners have heard from them since
      And the preferences show that no optional cookies are allowed

    @P12
    Scenario: A whole visit before and after removing all cookies
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they remove all cookies
      And they visit the home page
      Then the site asks for a choice
      And no optional item has been written since
      And only the site and its technical partners have heard from them since
      When they accept all cookies on the home page
      And they read two articles
      Then no identifier has come back with its old value

  @P10
  Rule: What services are told on the way

    @P11 @P21
    Scenario: What services are told in a whole visit
      Given a visitor who has allowed analytics cookies
      When they read two articles
      Then each service was told what the visitor allowed
      When they accept all cookies after all
      And they read two articles
      Then each service was told what the visitor allowed
      And each was told before it was asked to count
      When they refuse all cookies after all
      And they read two articles
      Then no service was told that anything is allowed since

    @P11 @P21
    Scenario: What the consent strings say in a whole visit
      Given a new visitor
      When they read two articles
      Then no consent string says that anything is allowed
      And services were told, and the device holds, what the page's own consent string says
      When they refuse all cookies on the home page
      And they read two articles
      Then no consent string says that anything is allowed
      And services were told, and the device holds, what the page's own consent string says
      When they allow analytics cookies after all
      And they read two articles
      Then each consent string says what the visitor allowed
      And services were told, and the device holds, what the page's own consent string says
      When they refuse all cookies after all
      And they read two articles
      Then no consent string says that anything is allowed since
      And services were told, and the device holds, what the page's own consent string says

  @P02
  Rule: With a wish that the browser sends

    Scenario: A whole visit of somebody whose browser asks not to be sold or shared
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then nothing about them is sold or shared
      When they refuse all cookies on the home page
      And they read two articles
      Then nothing about them is sold or shared

  @P13
  Rule: At two browsers

    @P26
    Scenario: Whole visits in two profiles
      Given a visitor who has accepted all cookies
      And who has read two articles
      When the same person uses a second profile
      Then they are asked there
      And only functionality items are stored there
      And only the site and its technical partners have heard from them there
      And the first browser still remembers the choice
      When the same person accepts all cookies in a second profile
      Then the two profiles share no identifier

  @R-EASY
  Rule: In the dialog

    @R-TICKED @P05 @P20
    Scenario: A whole look at the dialog
      Given a new visitor on the home page
      Then refusing takes no more clicks than accepting
      And refusing is as easy to see as accepting
      When they open the preferences
      Then no optional category is ticked in advance
      And the functionality switch is locked on
      And they offer exactly the categories of the policy

  @R-PRIOR
  Rule: Without a consent manager

    @P15
    Scenario: A whole visit for which the consent manager never comes
      Given a visitor for whom the consent manager never comes
      When they visit the home page
      Then the page can be read
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
