"""Who may do what: people who sign in, their organizations and roles, agreements, and one function per act."""
