"""What each page is made of, in a room named as the page."""
