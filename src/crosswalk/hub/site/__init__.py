"""The site as a whole: settings, addresses, the database that is started, logs, health and error pages."""
