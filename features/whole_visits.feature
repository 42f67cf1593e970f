@whole_visit
Feature: Whole visits
  Long visits that put many promises to the test at once, for a smoke run. A whole run leaves them out: each of their
  sentences has a scenario of its own there, which says more plainly what broke.

  @R-PRIOR
  Rule: Without a choice

    @R-ACT @R-TICKED @P01 @P02 @P05 @P10 @P20 @P27
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
      And the page holds no plug-in content
      And a link leads to the legal information
      And the preferences can be opened
      When they visit the home page
      And they open the preferences
      Then they offer exactly the categories of the policy
      And the functionality switch is locked on
      And no optional category is ticked in advance

    @P10 @P15
    Scenario: Whole visits in trouble
      Given a visitor whose time zone tells no country
      When they come to the home page while no technical partner answers
      Then the page can be read
      And the site asks for a choice
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      Given a visitor for whom the consent manager never comes
      When they visit the home page
      Then the page can be read
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      Given a visitor for whom the consent manager comes broken
      When they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      Given a visitor for whom the consent manager comes late
      When they visit the home page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      And the site asks for a choice
      Given a visitor whose connection is slow
      When they visit the home page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      When they refuse all cookies on the home page
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
      Given a visitor whose connection breaks off whenever a choice is saved
      When they refuse all cookies on the home page
      And they reload the page
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

  @P10
  Rule: After a refusal

    @P02 @P12 @P17 @P27 @R-LIFETIME @R-WALL
    Scenario: A whole visit after a refusal
      Given a new visitor on the home page
      When they walk on without choosing
      And they refuse all cookies after all
      And they go back
      Then the site does not ask again
      When they scroll to the end of the page
      And they rest the pointer on a link
      And they copy some of the text
      And they turn to leave the page
      And they reload the page
      And they wait for a minute
      And they open a second tab
      And they read three articles
      Then the site does not ask again
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And as much can be read as before a choice
      And the preferences can be opened by keyboard
      And the preferences show that no optional cookies are allowed
      When they visit the home page
      And they choose another language
      Then the preferences can be opened
      When they read two articles
      Then the site speaks that language
      And only functionality items are stored
      And nothing is kept for longer than the limit

    @P02 @P03 @P12 @P16 @P18 @P19 @P22 @P26 @R-LIFETIME
    Scenario: A whole visit to the shop after a refusal
      Given a visitor who has refused all cookies
      When they read two articles
      Then technical partners were told nothing that recognises the visitor
      And no address carries anything that recognises the visitor
      When they arrive from a campaign
      And they arrive by a link from an advertisement
      And they visit the error page
      And they visit the sub-domain
      Then the site does not ask again
      When they sign in
      And they put something into the basket
      Then the preferences can be opened
      When they visit the order form
      Then the preferences can be opened
      When they place the order
      Then the order is confirmed
      And only functionality items are stored
      And only the site and its technical partners have heard from them
      And no stored value names the visitor
      And no other service was told who the visitor is
      And no functionality item holds what brought them
      And no service was told what brought them without consent
      And nothing is kept for longer than the limit
      When they put something into the basket
      And they sign out
      Then nothing is left that recognised the person who has signed out
      When another person uses the same browser
      Then the tested feature is there
      And they are signed out
      And the basket is empty
      And neither the home page nor the sign-in page names the person who has signed out

    @P02 @P04 @P12 @P14 @R-AGAIN @R-LIFETIME
    Scenario: Whole visits to the shop of somebody who comes back after months and removes all cookies
      Given a visitor who has refused all cookies
      When they come back after 1 month
      And they read two articles
      Then the choice is not kept for longer than agreed
      When they come back after 4 months
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed
      When they sign in
      And they put something into the basket
      And they visit the order form
      And they remove all cookies in another window
      And they send the order form that is still open
      Then the form was answered without an error or a detour
      When they try to use the secure area
      Then the page came without an error or a detour
      And they are signed out
      And the basket is empty
      When they refuse all cookies on the home page
      And they come back after 14 months
      Then the site asks for a choice

  @P10
  Rule: With everything accepted

    @P02 @P05 @P18 @P28 @P31 @R-LIFETIME @R-WITHDRAW
    Scenario: A whole visit with everything accepted
      Given a policy that lists what is stored
      And a policy that says how long something is kept
      And a visitor who has accepted all cookies
      When they arrive by a link from a letter
      And they read three articles
      And they visit the cookie policy
      Then every category that they allowed is at work
      And every stored item belongs to exactly one category
      And every service that was contacted is declared
      And the policy's register lists everything that is stored
      And nothing is kept for longer than the policy says
      And nothing is kept for longer than the limit
      And no functionality item holds what brought them
      And no functionality value has reached another service
      And the policy's table lists every cookie that is stored
      And the preferences show that all optional cookies are allowed
      And withdrawing is as easy as consenting

    @P32
    Scenario: A whole visit to a site whose policy names its services
      Given a policy that names its services
      And a visitor who has accepted all cookies
      When they read three articles
      Then only services that the policy names have heard from them
      When they refuse all cookies after all
      And they read three articles
      Then only services that the policy names have heard from them

  @P10
  Rule: With some categories allowed

    @P02 @P11 @P21 @P22
    Scenario: A whole visit with one category allowed and then another
      Given a visitor who has allowed analytics cookies
      When they read three articles
      Then analytics cookies are at work
      And every page view was counted
      When they arrive from a campaign
      Then the campaign was counted
      When they visit the error page
      Then the error was counted
      When they visit the home page
      Then the tested feature is there
      And the feature test was counted
      And only functionality items and those for analytics are stored
      And no service for any other purpose has heard from them
      When they allow advertising cookies after all
      And they read two articles
      Then advertising cookies are at work
      And no social items are stored
      And no analytics item has been written since
      And no analytics service has heard from them since
      And no social service has heard from them
      When they accept all cookies after all
      And they withdraw their consent to analytics cookies
      And they remove what is left of analytics cookies
      And they read two articles
      Then no analytics item has been written since
      And the site does not ask again

    @P11 @P24
    Scenario: A whole visit of somebody who is signed in at a social network
      Given a visitor who is signed in at a social network
      When they refuse social cookies
      And they read two articles
      Then every category that they allowed is at work
      And no social item has been written since
      And no social service has heard from them since
      And the share buttons say why they are off
      When they rest the pointer on the link to the network
      Then no social service has heard from them since
      And a plain link leads to the network
      And that link carries nothing that recognises the visitor
      When they visit the sign-in page
      Then the page says why signing in through the network is off
      When they accept all cookies after all
      Then the network's own buttons are there
      When they share an article
      Then the article was shared
      When they sign in through the network
      Then they are signed in
      When they change how they share
      And they withdraw their consent to social cookies
      And they read two articles
      Then no social item has been written since
      And no social identifier has been read since
      And no social service has heard from them since
      And the preferences show that social cookies are refused

  @P11
  Rule: After a withdrawal

    @P02 @P03 @P04 @P12 @P18 @P20
    Scenario: A whole visit of somebody who withdraws their consent and then removes all cookies
      Given a visitor who has accepted all cookies
      When they sign in
      And they read two articles
      Then no stored value names the visitor
      And no other service was told who the visitor is
      And no functionality value has reached another service
      When they open a second tab
      And they refuse all cookies after all
      And they return to the first tab
      And they go back
      And they read two articles
      And they wait for a minute
      Then no optional item has been written since
      And no optional identifier has been read since
      And only the site and its technical partners have heard from them since
      And the preferences show that no optional cookies are allowed
      And they are still signed in
      When they accept all cookies after all
      And they read two articles
      And they remove all cookies
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
      Given a new visitor
      When they read two articles
      Then no service was told that anything is allowed
      When they refuse all cookies on the home page
      And they read two articles
      Then no service was told that anything is allowed
      And no service that was told of a refusal can recognise the visitor
      When they allow analytics cookies after all
      And they read two articles
      Then each service was told what the visitor allowed
      And each was told before it was asked to count
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
      When they accept all cookies after all
      And they read two articles
      Then each consent string says what the visitor allowed
      And services were told, and the device holds, what the page's own consent string says
      When they refuse all cookies after all
      And they read two articles
      Then no consent string says that anything is allowed since
      And services were told, and the device holds, what the page's own consent string says

    @P11 @P33
    Scenario: What services are told of an objection in a whole visit
      Given a new visitor
      When they read two articles
      Then no service was told that anything is allowed
      When they object to what needs no consent
      And they read two articles
      Then no service was told that anything is allowed since
      When they accept all cookies after all
      And they object to what needs no consent
      And they read two articles
      Then each service was told what the visitor allowed
      When they refuse all cookies after all
      And they read two articles
      Then no service was told that anything is allowed since
      And no service that was told of a refusal can recognise the visitor

    @P11 @P33
    Scenario: What the consent strings say of an objection in a whole visit
      Given a new visitor
      When they read two articles
      Then no consent string says that anything is allowed
      When they object to what needs no consent
      And they read two articles
      Then no consent string says that anything is allowed since
      When they accept all cookies after all
      And they object to what needs no consent
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
      And the site says that it honours their wish
      When they refuse all cookies on the home page
      And they read two articles
      Then nothing about them is sold or shared
      Given a visitor without scripts
      When they call up the home page
      Then the site does not declare that it ignores such wishes

    @P30
    Scenario: A whole visit of somebody whose browser's wish counts as a refusal
      Given a visitor whose browser asks not to be sold or shared
      When they read two articles
      Then nothing about them is sold or shared
      And no optional items are stored
      And no optional service has heard from them
      And the site says that it honours their wish

  @P33
  Rule: With an objection in place of consent

    @P02 @P10 @P11
    Scenario: A whole visit of somebody who objects
      Given a new visitor
      When they read two articles
      And they object to what needs no consent
      And they read two articles
      Then nobody that they objected to has heard from them since
      And nothing that they objected to has been written since
      And the preferences show what they objected to as off
      When they accept all cookies after all
      And they object to what needs no consent
      And they come back after 1 day
      And they read two articles
      Then the site does not ask again
      And every category that they allowed is at work
      And nobody that they objected to has heard from them since

  @P13
  Rule: At several browsers

    @P17 @P26
    Scenario: Whole visits in two profiles and by phone
      Given a visitor who has accepted all cookies
      And who has read two articles
      When the same person uses a second profile
      Then they are asked there
      And only functionality items are stored there
      And only the site and its technical partners have heard from them there
      And the first browser still remembers the choice
      When the same person accepts all cookies in a second profile
      Then the two profiles share no identifier
      When the same person uses a phone
      Then they are asked there
      And only functionality items are stored there
      And only the site and its technical partners have heard from them there
      And the first browser still remembers the choice

    @P29 @P34 @P35
    Scenario: Whole visits by an account, at a sister site and after a change of the policy
      Given a visitor who has accepted all cookies
      When they follow the link to the sister site
      Then the site does not ask again
      And the preferences show that all optional cookies are allowed
      When they visit the home page
      And they sign in
      And the same person signs in on a second device
      Then they are not asked there
      And the preferences there show that all optional cookies are allowed
      When they refuse all cookies after all
      And the same person signs in on a second device
      Then they are not asked there
      And the preferences there show that no optional cookies are allowed
      When the policy changes
      And they visit the home page
      Then the site asks for a choice

  @R-EASY
  Rule: In the dialog

    @R-AXE @R-CONTRAST @R-FOCUS @R-HEARD @R-KEYS @R-LEAVE @R-OBSCURED @R-REFLOW @R-TAB
    Scenario: A whole look at the dialog
      Given a new visitor on the home page
      Then refusing takes no more clicks than accepting
      And refusing is as easy to see as accepting
      And what refuses can be read
      And each button of the dialog can be reached by keyboard
      And the keyboard goes into the preferences and comes back
      And the preferences can be left by keyboard without a choice
      And the banner hides nothing that has the keyboard
      And screen readers hear of the dialog
      And the settings page breaks no rule of accessibility that a script can test
      When they visit the home page
      And they allow analytics cookies by keyboard
      Then the keyboard is enough
      When they refuse all cookies by keyboard
      Then the keyboard is enough
      And the preferences show that no optional cookies are allowed
      Given a visitor on a narrow screen
      When they visit the home page
      Then no button of the dialog is lost
      Given a visitor whose browser asks for dark colours
      When they visit the home page
      Then the dialog breaks no rule of accessibility that a script can test
      When they accept all cookies by keyboard
      Then the keyboard is enough

  @P06
  Rule: With cookies that the browser rejects

    @P07 @P14 @P16
    Scenario: Whole visits of people whose browsers reject cookies
      Given a visitor whose browser rejects all cookies
      When they read two articles
      Then the page can be read
      And the site says what does not work without cookies
      When they visit the home page
      Then the site asks for a choice
      When they try to use the secure area
      Then the page came without an error or a detour
      And the page explains that cookies are needed
      When they try to use the basket
      Then the page came without an error or a detour
      And the page explains that cookies are needed
      When they try to use the order form
      Then the page came without an error or a detour
      And the page explains that cookies are needed
      Given a visitor whose browser rejects cookies of other sites
      When they accept all cookies on the home page
      And they read two articles
      Then no cookie of another site is stored
      When they sign in
      And they put something into the basket
      And they place the order
      Then the order is confirmed
      Given a visitor whose browser rejects the cookies of the advertising services
      When they accept all cookies on the home page
      And they read two articles
      Then every category that they allowed but advertising is at work
      And nothing stands in for the cookies that their browser rejects

  @P05
  Rule: What the policy says

    @P01
    Scenario: A whole look at the policy
      Given a visitor without scripts
      When they call up the home page
      Then the link to the legal information answers
      When they call up the cookie policy
      Then it describes every category that the preferences offer
      And it lists the categories that it announces

    @P02 @P09 @P15 @P17 @P25
    Scenario: Whole looks at what the policy leads to and by unusual devices
      Given a visitor without scripts
      When they call up the cookie policy
      Then it links to instructions for the browsers in use
      And each of these links answers
      And it links to the networks' own policies
      And each of the networks' policies answers
      Given a visitor without scripts and with an unknown browser
      When they call up the home page
      Then the site answers
      Given a visitor without scripts and with no language
      When they call up the home page
      Then the site answers
      Given a visitor on a phone
      When they visit the home page
      Then the page is laid out for a small screen
      And the preferences can be opened
      Given a visitor on a tiny screen
      When they visit the home page
      Then the page can be read
