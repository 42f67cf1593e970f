Feature: Removing cookies and coming back
  The choice is kept in a cookie. Without that cookie the site knows nothing and has to ask again.

  @P12
  Rule: Whoever removes all cookies is asked again

    Scenario Outline: Removing all cookies after <choosing>
      Given a visitor who has <chosen>
      And who has read two articles
      When they remove all cookies
      And they visit the home page
      Then the site asks for a choice
      And no optional item has been written since
      And only the site and its technical partners have heard from them since

      Examples:
        | choosing              | chosen                        |
        | accepting all cookies | accepted all cookies          |
        | refusing all cookies  | refused all cookies           |

    Scenario: No category is assumed
      Given a visitor who has accepted all cookies
      When they remove all cookies
      And they visit the home page
      And they open the preferences
      Then no optional category is ticked in advance

    Scenario: No identifier comes back
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they remove all cookies
      And they accept all cookies on the home page
      And they read two articles
      Then no identifier has come back with its old value

    Scenario: No functionality identifier comes back
      Given a visitor who has refused all cookies
      And who has read two articles
      When they remove all cookies
      And they read two articles
      Then no identifier has come back with its old value

  @P12
  Rule: Removing all cookies signs the visitor out and empties the basket, and breaks nothing else

    Scenario: Removing all cookies while signed in, with a basket
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they remove all cookies
      And they try to use the secure area
      Then the page came without an error or a detour
      And they are signed out
      And the basket is empty
      When they try to use the order form
      Then the page came without an error or a detour
      And the site asks for a choice

    Scenario: An order form that was open when all cookies were removed
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they visit the order form
      And they remove all cookies in another window
      And they send the order form that is still open
      Then the form was answered without an error or a detour
      And they are signed out

  @P11
  Rule: What is left of a category after a withdrawal can be removed, and stays away

    Scenario Outline: Removing what is left of <category> cookies
      Given a visitor who has accepted all cookies
      When they withdraw their consent to <category> cookies
      And they remove what is left of <category> cookies
      And they read two articles
      Then no <category> item has been written since
      And the site does not ask again

      Examples:
        | category    |
        | analytics   |
        | advertising |

  @P12
  Rule: A browser that forgets on closing comes back as a new one

    Scenario: The site asks again
      Given a visitor whose browser forgets everything on closing
      When they accept all cookies on the home page
      And they read two articles
      And they restart their browser
      And they visit the home page
      Then the site asks for a choice
      And no optional item has been written since
      And only the site and its technical partners have heard from them since

    Scenario: Nothing else recognises it
      Given a visitor whose browser forgets everything on closing
      When they accept all cookies on the home page
      And they read two articles
      And they restart their browser
      And they accept all cookies on the home page
      And they read two articles
      Then no identifier has come back with its old value

  @P12
  Rule: The choice outlives the visit

    Scenario Outline: A browser that is closed and opened again, after <choosing>
      Given a visitor with a browser of their own who has <chosen>
      When they restart their browser
      And they visit the home page
      Then the site does not ask again
      And the preferences show that <allowed> cookies are allowed

      Examples:
        | choosing              | chosen               | allowed      |
        | refusing all cookies  | refused all cookies  | no optional  |
        | accepting all cookies | accepted all cookies | all optional |

    Scenario: A choice made on an article holds on the home page
      Given a new visitor
      When they refuse all cookies on the article
      And they visit the home page
      Then the site does not ask again
      And the preferences show that no optional cookies are allowed

    @R-ONCE
    Scenario: Coming back the next day
      Given a visitor who has refused all cookies
      When they come back after 1 day
      Then the site does not ask again
      And only functionality items are stored

  @P04
  Rule: A device is recognised only while its cookies are valid

    Scenario: The choice is asked for again when it has expired
      Given a visitor who has refused all cookies
      When they come back after 14 months
      Then the site asks for a choice

    Scenario: Past its lifetime a cookie is gone and the visitor is new
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they come back after 14 months
      And they accept all cookies on the home page
      Then no identifier has come back with its old value

    Scenario: Visiting does not prolong what was agreed
      Given a visitor who has accepted all cookies
      When they come back after 1 month
      And they read two articles
      Then the choice is not kept for longer than agreed

  @R-LIFETIME
  Rule: Everything that is kept has an end

    Scenario: Every item has a bounded lifetime
      Given a visitor who has accepted all cookies
      When they read three articles
      Then nothing is kept for longer than the limit

    Scenario: What the site needs has a bounded lifetime as well
      Given a visitor who has refused all cookies
      When they sign in
      And they put something into the basket
      And they choose another language
      Then nothing is kept for longer than the limit

  @P10 @P27
  Rule: A refusal holds on the next visit as well

    Scenario: A refusal holds for whoever returns after a day
      Given a visitor who has refused all cookies
      When they come back after 1 day
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them

  @P11
  Rule: A withdrawal holds on the next visit as well

    Scenario: A withdrawal holds for whoever returns after a day
      Given a visitor who has accepted all cookies
      And who has read two articles
      When they refuse all cookies after all
      And they come back after 1 day
      And they read two articles
      Then no optional item has been written since
      And only the site and its technical partners have heard from them since
      And the site does not ask again
      And the preferences show that no optional cookies are allowed

  @P10 @P27
  Rule: A refusal turns into no consent as months pass

    Scenario: A refusal holds for whoever returns after months
      Given a visitor who has refused all cookies
      When they come back after 5 months
      And they read two articles
      Then only functionality items are stored
      And only the site and its technical partners have heard from them
