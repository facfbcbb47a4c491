"""What people saved elsewhere: one module for each service's export, read as a feed is."""
