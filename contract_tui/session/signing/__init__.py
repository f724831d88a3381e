"""Who wrote what, so that everybody can tell: sealed here, and looked at where others sealed."""
