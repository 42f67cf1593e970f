Feature: Our own promises
  A first scenario of your own. Its sentences come from Consentinel, but for "the page has a headline": that one is in
  steps/own.py. `consentinel steps` lists all sentences.

  @SHOP-1
  Rule: The site works for a visitor who refuses everything

    Scenario: The home page can be read after a refusal
      Given a visitor who has refused all cookies
      When they visit the home page
      Then the page has a headline
      And only functionality items are stored
