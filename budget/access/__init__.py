"""Who gets in, and where to: sign-in, sessions, the permission table and the gate."""
