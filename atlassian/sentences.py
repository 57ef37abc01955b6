"""What is told of failures that every product of Atlassian knows, by their code.

Behind a colon stands what tells two of one code apart: `atlassian.explain` reads it from the facts.
"""

UNKNOWN = "Something went wrong while talking to {product}. Nothing was changed. Try again later."
COMMON = {
    "bad_address": "This is not a web address. It usually looks like "
    "https://your-company.atlassian.net.",
    "bad_address:empty": "Enter the address of your {product}. It usually looks like "
    "https://your-company.atlassian.net.",
    "bad_address:password": "Leave the name and password out of the address. "
    "The email and the API token have fields of their own.",
    "address_refused": "This server may not connect to {host}. Enter the public https address of "
    "your {product}, or ask whoever runs this application to allow that address.",
    "server_not_found": "We could not find a server at {host}. Check the address. "
    "It usually looks like https://your-company.atlassian.net.",
    "tls_failure": "The secure connection to {host} failed: {reason}. No credentials were sent. "
    "Ask whoever runs {product} to fix the certificate.",
    "plain_http": "Use https. We do not send tokens unencrypted.",
    "timed_out": "{host} did not answer within {seconds} seconds. Nothing was changed. "
    "Try again, or ask IT whether this server may reach {product}.",
    "unavailable": "{product} at {host} is out of order at the moment (error {status}). "
    "Nothing was changed. {again}.",
    "unavailable:cut": "{host} ended the connection before it had answered. "
    "Nothing was changed. {again}.",
    "strange_server": "{host} answered, but it is not {product}. "
    "Copy the address your browser shows when {product} is open.",
    "redirected": "{host} redirects to {other_host}. We did not send the token there. "
    "If that is your {product}, enter that address.",
    "broken_answer": "{host} sent an answer that cannot be read ({reason}). "
    "Nothing was changed. {again}; if this stays, ask whoever runs {product}.",
    "broken_answer:truncated": "The answer of {host} broke off in the middle. "
    "Nothing was changed. {again}.",
    "broken_answer:too large": "The answer of {host} was far larger than an answer of {product} "
    "can be, so we stopped reading it. Nothing was changed.",
    "wrong_credentials": "{product} did not accept this email and token. Check that the token "
    "belongs to {email}, then paste it again. Tokens expire after at most one year. "
    "Create a new token.",
    "wrong_credentials:password": "{product} did not accept this name and password. Check that "
    "{email} is the user name that you sign in to {product} with, and type the password again.",
    "wrong_credentials:access_token": "{product} did not accept this personal access token. It may "
    "have expired or was revoked. Create a new one in {product}, in your profile under "
    "Personal Access Tokens, then connect again.",
    "wrong_credentials:organization_key": "{product} did not accept this API key. It may have "
    "expired or was revoked. Create a new one in the administration of your organization, "
    "then connect again.",
    "basic_off": "This {product} takes no passwords, and it did not accept this as a personal "
    "access token. Use a personal access token: create one in {product}, in your profile under "
    "Personal Access Tokens.",
    "other_account": "This personal access token belongs to {account}, not to {email}. Enter the "
    "user name or email address of its owner, or paste a token of {email}.",
    "email_needed": "This is {product} Cloud, where people sign in by email address. "
    "Enter an email address, as name@example.com.",
    "missing_scope": "The token works but may not read {what}. "
    "Create a token with the scopes for that, or one without scopes.",
    "captcha": "{product} wants a CAPTCHA for this account after failed sign-ins. Sign in to "
    "{host} in a browser, complete it, then connect again. We have stopped trying.",
    "forbidden": "{product} refused access for {email}. Ask a {product} administrator to give "
    "this account access, or to allow this server's IP address.",
    "anonymous_answer": "{product} no longer recognises {email} and answers as if nobody were "
    "signed in. The token has probably expired or was revoked. {kept}. "
    "Create a new token, then connect again.",
    "anonymous_answer:password": "{product} no longer recognises {email} and answers as if nobody "
    "were signed in. The password was probably changed. {kept}. "
    "Enter the new one, then connect again.",
    "anonymous_answer:access_token": "{product} no longer recognises the personal access token of "
    "{email} and answers as if nobody were signed in. It has probably expired or was revoked. "
    "{kept}. Create a new one, then connect again.",
    "unproven_answer": "{product} gave an answer that was not meant for {email}, so we did not "
    "use it. {kept}. {again}.",
    "rate_limited": "{product} asked us to slow down. We will continue at {until}.",
    "query_refused": "{product} does not accept this question. Nothing was changed.",
    "query_refused:told": "{product} does not accept this question: {messages}",
    "not_found": "{product} has no such {what}, or the connected account may not see them.",
    "given_up": "This reading ended three times without a word, so it was given up. "
    "Nothing was changed. Ask whoever runs this application to look at its log.",
    "sealed_token": "The saved token can no longer be opened. Enter it again.",
    "token_needed": "Enter the token again. A saved token is never sent to a new address.",
}
