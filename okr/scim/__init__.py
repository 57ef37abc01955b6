"""SCIM 2.0 (RFC 7643, RFC 7644): a company's directory keeps people and units here by itself."""
