Feature: Social network cookies
  Share and like buttons come from social networks, which may recognise a visitor who never clicks them.
  The policy lets every visitor accept or refuse them.

  @P24
  Rule: Refusing social cookies keeps the networks away

    Scenario: A refusal holds on every page
      Given a visitor who is signed in at a social network
      When they refuse social cookies
      And they read three articles
      Then no social item has been written since
      And no social service has heard from them since
      And the share buttons say why they are off

    Scenario: Nothing social happens without a session at the network either
      Given a new visitor
      When they refuse social cookies
      And they read three articles
      Then no social items are stored
      And no social service has heard from them
      And the share buttons say why they are off

    Scenario: A plain link to the network is only a link
      Given a visitor who has refused all cookies
      When they visit the article
      And they rest the pointer on the link to the network
      Then no social service has heard from them
      And a plain link leads to the network
      And that link carries nothing that recognises the visitor

    Scenario: Signing in through the network is explained where it is off
      Given a visitor who has refused all cookies
      When they visit the sign-in page
      Then the page says why signing in through the network is off

    Scenario: Refusing social cookies refuses nothing else
      Given a new visitor
      When they refuse social cookies
      And they read two articles
      Then every category that they allowed is at work
      And no social items are stored

    Scenario: Accepting social cookies alone accepts nothing else
      Given a visitor who has allowed social cookies
      When they read two articles
      Then social cookies are at work
      And only functionality items and those for social are stored
      And no service for any other purpose has heard from them

  @P24
  Rule: Accepting social cookies brings sharing and signing in

    Scenario: Accepting later brings the buttons
      Given a visitor who has refused all cookies
      When they allow social cookies after all
      Then the network's own buttons are there

    Scenario: Sharing works
      Given a visitor who is signed in at a social network
      When they allow social cookies on the home page
      And they share an article
      Then the article was shared

    Scenario: The buttons are off before a choice
      Given a new visitor
      When they visit the article
      Then the share buttons say why they are off
      And no social service has heard from them

    Scenario: Signing in through the network
      Given a visitor who is signed in at a social network
      When they allow social cookies on the home page
      And they sign in through the network
      Then they are signed in

  @P24
  Rule: How a visitor shares is remembered with consent alone

    Scenario: With consent it outlives the visit
      Given a visitor with a browser of their own who has accepted all cookies
      When they change how they share
      And they restart their browser
      Then the network remembers how they share

    Scenario: After a refusal nothing of it is kept
      Given a visitor with a browser of their own who has refused all cookies
      When they visit the article
      And they restart their browser
      And they visit the article
      Then no social items are stored
      And no social service has heard from them

    Scenario: After a withdrawal it is not read any more
      Given a visitor who has accepted all cookies
      When they change how they share
      And they withdraw their consent to social cookies
      And they read two articles
      Then no social item has been written since
      And no social identifier has been read since
      And no social service has heard from them since

  @P23
  Rule: A network may recognise a visitor, but only one who agreed

    Scenario: With consent and an open session, loading a page is enough
      Given a visitor who is signed in at a social network
      When they allow social cookies on the home page
      And they visit the article
      Then the network has recognised the visitor

    Scenario: Without consent, an open session stays unknown
      Given a visitor who is signed in at a social network
      When they visit the article
      Then no social service has heard from them since

  @P25
  Rule: What a network does with it is told in its own policy

    Scenario: The policy links to each network's own policy
      Given a visitor without scripts
      When they call up the cookie policy
      Then it links to the networks' own policies
      And each of the networks' policies answers
